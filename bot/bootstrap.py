"""The composition root: the one place that reads settings and names adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from bot.adapters.clock import SystemClock
from bot.adapters.documents.documents import LetterFiles
from bot.adapters.ids import RandomIds
from bot.adapters.slack.chat import SlackChat
from bot.adapters.slack.client import SlackClient, slack_client
from bot.adapters.slack.identity import SlackIdentity, identify
from bot.adapters.store.store import SqlStore
from bot.bolt import build_app
from bot.customers import open_crm
from bot.domain.desk import Places, Role
from bot.domain.errands import ErrandKind
from bot.domain.reading.model import Variant
from bot.knowledge import load_knowledge
from bot.ports import Chat, Clock
from bot.services.accounts import Accounts
from bot.services.asides import Asides
from bot.services.bypass import BypassService
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.commitments import CommitmentService
from bot.services.crm import CrmService
from bot.services.decisions import DecisionService
from bot.services.desk import DeskService
from bot.services.desk_command import DeskCommand
from bot.services.drafts import DraftService
from bot.services.duty import Duty
from bot.services.errands import Errands
from bot.services.escalation_news import EscalationNews
from bot.services.escalation_talk import EscalationTalk
from bot.services.escalation_thread import EscalationThread
from bot.services.escalations import EscalationService
from bot.services.hints import HintService
from bot.services.home import HomeService
from bot.services.intake import Intake
from bot.services.knowledge import LiveKnowledge
from bot.services.letters import LetterService
from bot.services.lifecycle import CaseLifecycle
from bot.services.linking import Linking
from bot.services.nudges import NudgeService
from bot.services.opportunities import OpportunityService
from bot.services.opportunity_posts import OpportunityPosts
from bot.services.our_words import OurWords
from bot.services.overview import Overview
from bot.services.owners import Owners
from bot.services.people import People, Roster
from bot.services.personal import PersonalService
from bot.services.posted import Posted
from bot.services.preferences import Preferences
from bot.services.private_chat import PrivateChat
from bot.services.questions import QuestionService
from bot.services.replies import ReplyService
from bot.services.sales import SalesService
from bot.services.sharing import Sharing
from bot.services.tasks import Tasks
from bot.services.verdict_news import VerdictNews
from config.settings import Settings
from handlers.blocks.case_forms import CaseForms
from handlers.blocks.case_presenter import CaseBlocks
from handlers.blocks.presenter import BlockPresenter
from handlers.blocks.sending import SendForm
from handlers.blocks.triage import TriageForm
from handlers.blocks.words import Vocabulary
from handlers.cases import CaseSurface
from handlers.desk import DeskSurface
from handlers.drafts import DraftSurface
from handlers.escalations import EscalationSurface
from handlers.events import Events
from handlers.guard import Guard
from handlers.hints import HintSurface
from handlers.home import HomeSurface
from handlers.letters import LetterSurface
from handlers.metrics import Metrics
from handlers.payloads import parse_heard
from handlers.router import Router, Surface
from handlers.sales import SalesSurface
from handlers.triage import TriageSurface

DRAIN_SECONDS = 10.0
"""How long a shutdown waits for what is under way."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The running product without its transport."""

    app: AsyncApp
    slack: SlackClient
    identity: SlackIdentity
    store: SqlStore
    crm: CrmService
    intake: Intake
    errands: Errands
    home: HomeService
    tasks: Tasks
    metrics: Metrics
    knowledge: LiveKnowledge


@asynccontextmanager
async def assemble(settings: Settings) -> AsyncIterator[Bot]:
    """Opens everything in order and closes it in reverse, after what is under way has finished.

    Raises ``SettingsError``, ``ScriptsError`` or ``StoreError`` with one line where something cannot be used. A CRM
    that is down stops nothing: cards and drafts then say nothing about contracts.
    """
    settings.require_slack()
    knowledge = LiveKnowledge(load_knowledge(settings))
    policy = knowledge.current.policy
    clock = SystemClock(ZoneInfo(policy.timezone))
    async with (
        await SqlStore.open(settings.store_url) as store,
        slack_client(settings.slack.bot_token, settings.slack.api_url) as client,
        open_crm(settings, policy, clock) as crm,
    ):
        identity = await identify(client)
        chat = SlackChat(client, store, identity, clock, settings.own_tokens)
        tasks = Tasks()
        try:
            yield _wire(settings, knowledge, Outside(client, identity, store, crm, chat, clock, tasks))
        finally:
            await tasks.drain(DRAIN_SECONDS)


@dataclass(frozen=True, slots=True)
class Outside:
    """The adapters, opened."""

    client: SlackClient
    identity: SlackIdentity
    store: SqlStore
    crm: CrmService
    chat: Chat
    clock: Clock
    tasks: Tasks


def _wire(settings: Settings, knowledge: LiveKnowledge, out: Outside) -> Bot:
    store, clock, ids, tasks = out.store, out.clock, RandomIds(), out.tasks
    places = _places(settings)
    presenter = BlockPresenter(knowledge)
    vocabulary = Vocabulary(knowledge)
    blocks = CaseBlocks(vocabulary)
    people = People(out.chat, _roster(settings))
    preferences = Preferences(store, out.chat)
    owners = Owners(out.chat, people, preferences, presenter, places, clock, settings.admins)
    sharing = Sharing(store, out.chat, owners, places, clock)
    chat = PrivateChat(out.chat, sharing, owners, places)
    channels = ChannelService(store, chat, places, clock, settings.channel_mode)
    duty = Duty(people, clock, settings.duty, settings.duty_rotation)
    accounts = Accounts(out.crm, store, chat, knowledge)
    cases = CaseService(store, accounts, knowledge, clock, ids, Variant(settings.variant))
    cards = CardService(cases, channels, duty, knowledge, store, chat, blocks, places, tasks)
    lifecycle = CaseLifecycle(store, cards, people, clock, ids)
    linking = Linking(store, out.crm, cards, clock)
    nudges = NudgeService(store, cases, channels, duty, preferences, knowledge, chat, blocks, clock)
    bypass = BypassService(store, cases, cards, channels, duty, preferences, knowledge, chat, blocks)
    asides = Asides(chat, presenter, preferences, ids)
    posted = Posted(store, chat)
    errands = Errands(store, clock, tasks)
    sales_posts = OpportunityPosts(store, posted, people, chat, presenter, places)
    opportunities = OpportunityService(
        store, cases, cards, sales_posts, asides, chat, presenter, places, knowledge, clock, errands
    )
    sales = SalesService(opportunities, sales_posts, people, asides, knowledge, presenter, clock)
    drafts = DraftService(store, cases, people, preferences, knowledge, chat, presenter, clock, ids)
    thread = EscalationThread(store, cases, posted, people, knowledge, chat, presenter)
    escalations = EscalationService(
        store, cases, thread, opportunities, people, asides, knowledge, presenter, places, clock, ids, errands
    )
    verdicts = VerdictNews(
        store, cases, cards, drafts, thread, people, asides, knowledge, chat, presenter, clock, errands
    )
    decisions = DecisionService(store, thread, verdicts, people, asides, knowledge, presenter, clock, errands)
    questions = QuestionService(store, thread, verdicts, people, asides, chat, presenter, clock, errands)
    talk = EscalationTalk(thread, decisions, questions, people, knowledge)
    commitments = CommitmentService(store, people, knowledge, clock)
    hints = HintService(store, cases, channels, people, preferences, knowledge, chat, presenter, clock)
    ours = OurWords(store, commitments, hints)
    replies = ReplyService(
        store, cases, cards, commitments, people, preferences, knowledge, chat, presenter, clock, ids, errands
    )
    errands.carried_out_by(
        {
            ErrandKind.ESCALATION: EscalationNews(store, thread, verdicts, cards, presenter).spread,
            ErrandKind.SETTLE: verdicts.settle,
            ErrandKind.REPLY: replies.resume,
            ErrandKind.ANSWER: questions.say_answer,
            ErrandKind.OPPORTUNITY: opportunities.show,
        }
    )
    personal = PersonalService(people, preferences, knowledge, chat, presenter, clock)
    desk = DeskService(cases, cards, opportunities, linking, people)
    command = DeskCommand(
        store, accounts, linking, channels, cards, duty, people, preferences, knowledge, chat, blocks, personal
    )
    letters = LetterService(cases, people, preferences, knowledge, LetterFiles(), chat, presenter, clock)
    intake = Intake(
        store,
        partial(parse_heard, zone=ZoneInfo(knowledge.current.policy.timezone)),
        cases,
        cards,
        talk,
        opportunities,
        nudges,
        bypass,
        ours,
        channels,
        people,
        places,
        clock,
        tasks,
    )
    metrics = Metrics(tasks.under_way)
    guard = Guard(chat, preferences, presenter, tasks, metrics)
    home = HomeService(
        Overview(store, cases, cards, chat, clock), people, personal, preferences, chat, presenter, clock
    )
    surfaces: tuple[Surface, ...] = (
        DraftSurface(drafts, replies, preferences, chat, SendForm(vocabulary)),
        TriageSurface(desk, drafts, preferences, chat, TriageForm(vocabulary)),
        CaseSurface(desk, lifecycle, preferences, chat, blocks, CaseForms(vocabulary)),
        EscalationSurface(escalations, decisions, questions, preferences, chat, vocabulary),
        SalesSurface(sales, preferences, chat, vocabulary),
        LetterSurface(letters),
        HintSurface(hints),
        HomeSurface(home, personal, commitments, drafts),
        DeskSurface(command),
    )
    router = Router(guard, personal.greet)
    for surface in surfaces:
        surface.route(router)
    listeners = (Events(intake, home, sharing, cards, chat, tasks, metrics), router)
    app = build_app(out.client, out.identity, listeners)
    return Bot(app, out.client, out.identity, store, out.crm, intake, errands, home, tasks, metrics, knowledge)


def _places(settings: Settings) -> Places:
    assert settings.desk_channel is not None, "require_slack checked it"
    assert settings.escalation_channel is not None, "require_slack checked it"
    return Places(
        desk=settings.desk_channel,
        escalation=settings.escalation_channel,
        sales=settings.opportunity_channel or settings.escalation_channel,
        support=frozenset(settings.support_channels),
        intake=frozenset(settings.intake_bots),
    )


def _roster(settings: Settings) -> Roster:
    return Roster(
        {
            Role.AGENT: settings.agents,
            Role.SUPERVISOR: settings.supervisors,
            Role.ENGINEER: settings.engineers,
            Role.SALES: settings.sales,
        }
    )
