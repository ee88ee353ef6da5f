"""What every environment shares; the subjects are in lms/settings/parts."""

from .parts.environment import *
from .parts.language import *
from .parts.rooms import *
from .parts.security import *
from .parts.storage import *
from .parts.work import *

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
