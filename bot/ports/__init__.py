"""The protocols the core needs from the world. Adapters conform; the core never names one."""

from bot.ports.chat import Channel, Chat, Content, File, Person, Persona, Spot
from bot.ports.crm import CrmAdapter, CrmFacet
from bot.ports.documents import DocumentForm, Documents
from bot.ports.presenter import Presenter
from bot.ports.runtime import Clock, Ids
from bot.ports.store import Cases, Drafts, Escalations, Links, Opportunities, Posts, Preferences, Questions, Store, Unit

__all__ = [
    "Cases",
    "Channel",
    "Chat",
    "Clock",
    "Content",
    "CrmAdapter",
    "CrmFacet",
    "DocumentForm",
    "Documents",
    "Drafts",
    "Escalations",
    "File",
    "Ids",
    "Links",
    "Opportunities",
    "Person",
    "Persona",
    "Posts",
    "Preferences",
    "Presenter",
    "Questions",
    "Spot",
    "Store",
    "Unit",
]
