"""The parts of one running workspace, wired together once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.clock import Clock
from bot.workspace.config import WorkspaceConfig
from bot.workspace.delivery import Courier
from bot.workspace.delivery.http import HttpCourier
from bot.workspace.delivery.socket import SocketCourier
from bot.workspace.events import Events
from bot.workspace.faults import Faults
from bot.workspace.filestore import FileStore
from bot.workspace.hub import Hub
from bot.workspace.installation import Installation
from bot.workspace.interactivity import Interactivity
from bot.workspace.messenger import Messenger
from bot.workspace.places import Places
from bot.workspace.ratelimit import RateGate
from bot.workspace.recorder import Recorder
from bot.workspace.response_url import ResponseUrls
from bot.workspace.schedule import Schedule
from bot.workspace.state import State
from bot.workspace.views import Triggers, Views


@dataclass(frozen=True)
class World:
    config: WorkspaceConfig
    installation: Installation
    state: State
    clock: Clock
    hub: Hub
    sockets: SocketCourier
    courier: Courier
    events: Events
    messenger: Messenger
    places: Places
    triggers: Triggers
    views: Views
    urls: ResponseUrls
    interactivity: Interactivity
    schedule: Schedule
    files: FileStore
    recorder: Recorder
    faults: Faults
    gate: RateGate

    async def reset(self) -> None:
        """Back to the sample. Sockets stay, pages are told to start anew.

        The bot hears that people's messages were deleted, or it would go on with conversations that nobody sees, and
        that channels are shared as in the sample, or it would stay silent in one that was shared meanwhile;
        and it hears so before anybody can write again, or it would take a new message for one more of the old.
        """
        await self.events.forget()
        self.schedule.clear()
        for before in State().channels.values():
            channel = self.state.channels[before.id]
            if channel.is_ext_shared != before.is_ext_shared:
                self.places.share(channel, shared=before.is_ext_shared)
        for place in list(self.state.messages.values()):
            for message in list(place.values()):
                if not (message.by_app or message.deleted or message.visible_to):
                    self.messenger.delete(message)
        await self.events.settle(self.config.timing.ack)
        self.state.reset()
        for part in (self.triggers, self.urls, self.recorder, self.faults, self.gate):
            part.clear()
        self.hub.tell_all({"type": "reset"})

    async def close(self) -> None:
        await self.events.forget()
        self.schedule.clear()
        await self.sockets.close()
        await self.courier.close()


def build_world(config: WorkspaceConfig) -> World:
    timing = config.timing
    state, clock, hub = State(), Clock(), Hub()
    installation = Installation.from_manifest(config.manifest)

    def socket_changed(connected: bool) -> None:
        if config.delivery == "socket":
            hub.tell_all({"type": "connection", "connected": connected})

    sockets = SocketCourier(state.app.app_id, timing.ack, socket_changed)
    courier: Courier = sockets
    if config.delivery == "http":
        courier = HttpCourier(config.request_url, config.signing_secret, timing.ack)
    events = Events(state, installation, clock, courier, timing.retries)
    messenger = Messenger(state, clock, hub, events)
    triggers = Triggers(clock, timing.trigger)
    urls = ResponseUrls(state, clock, messenger, timing.response_url, timing.response_url_uses)
    return World(
        config=config,
        installation=installation,
        state=state,
        clock=clock,
        hub=hub,
        sockets=sockets,
        courier=courier,
        events=events,
        messenger=messenger,
        places=Places(state, clock, hub, events),
        triggers=triggers,
        views=Views(state, clock, hub, triggers),
        urls=urls,
        interactivity=Interactivity(state, clock, courier, triggers, urls),
        schedule=Schedule(clock, messenger),
        files=FileStore(state, clock, messenger, config.data_dir),
        recorder=Recorder(),
        faults=Faults(),
        gate=RateGate(config.rates),
    )
