from .bases import BasesIndexPage, TrainingBasePage
from .glossary import GlossaryPage, GlossaryTerm
from .help import HelpIndexPage, HelpPage
from .home import HomePage
from .legal import LegalIndexPage, LegalPage, LegalVersion
from .levels import LevelIndexPage, LevelPage
from .loaded import LoadedText
from .news import NewsIndexPage, NewsPage
from .policies import Jurisdiction, PolicyIndexPage, PolicyPage, PolicyTopic
from .simulations import SimulationsPage
from .standard import StandardPage

__all__ = [
    "BasesIndexPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HelpIndexPage",
    "HelpPage",
    "HomePage",
    "Jurisdiction",
    "LegalIndexPage",
    "LegalPage",
    "LegalVersion",
    "LevelIndexPage",
    "LevelPage",
    "LoadedText",
    "NewsIndexPage",
    "NewsPage",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyTopic",
    "SimulationsPage",
    "StandardPage",
    "TrainingBasePage",
]
