import factory

from lms.mailing.enums import MessageKind
from lms.mailing.models import Message

from .accounts import BEGINNING


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    kind = MessageKind.ENROLLED
    subject_ref = factory.Sequence(lambda n: f"courses.enrolment:{n}")
    to = factory.Sequence(lambda n: f"reader{n}@jiqiao.example")
    language = "zh-hans"
    subject = "可以开始学习：初级技术经纪人基础"
    text = "段文博，你好："
    html = "<p>段文博，你好：</p>"
    created_at = BEGINNING
