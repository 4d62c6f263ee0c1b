"""Keys one after the other: each goes where the focus is once what the one before brought about is done.

A slow line delivers several keys at once. Textual gives each to whatever has the focus when it is read, while a screen
that was asked for is still being put up and a field still waits for its focus; the keys after it would then run as
commands of the screen below.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widget import Widget

from tui.dispatch import is_field
from tui.keys import KeyMachine

Typed = events.Key | events.Paste
Stand = tuple[Widget | None, Widget | None]
MOST_ROUNDS = 12
"""How often the focus may move on for one key before the next one is let through all the same."""
STUCK = 1.0
"""Seconds between looks at a key; where it stands as at the look before, the next is let through all the same."""


class KeyOrder:
    """Lets one key through at a time; those that come meanwhile wait in line.

    When another key has come, a call follows the way of the messages that the one before may have brought: twice at
    the widget that had it, as a message may be posted to the widget itself, then from parent to parent up to the app,
    which moves the focus. Has the focus or the screen changed by then, the same way is gone once more from there: a
    screen that is new takes the call when it is mounted.
    """

    def __init__(self, app: OrderedKeys, forward: Callable[[events.Event], Awaitable[None]]) -> None:
        """Give keys of `app` to `forward`, in order."""
        self._app, self._forward = app, forward
        self._waiting: deque[Typed] = deque()
        self._way: deque[MessagePump] = deque()
        self.is_under_way = False
        self._rounds = 0
        self._stuck: Timer | None = None
        self._last: tuple[Typed, Widget] | None = None
        self._stood: Stand = (None, None)
        self._calls = 0

    async def take(self, event: Typed) -> None:
        """Let a key through, now or when its turn comes."""
        self._waiting.extend(self._apart(event))
        if not self.is_under_way:
            await self._follow_last()
        elif self._stuck is None:
            self._watch()

    def _apart(self, event: Typed) -> tuple[Typed, ...]:
        """Return Esc and the key after it where both came at once and were read as one key with Alt."""
        if isinstance(event, events.Key) and event.key.startswith("alt+") and event.is_printable:
            character = event.character
            if character and not any(event.key in keys for keys in self._app.machine.keymap.values()):
                return events.Key("escape", "\x1b"), events.Key(character, character)
        return (event,)

    async def _follow_last(self) -> None:
        """Follow the key before those that wait, then let the first of them through."""
        self.is_under_way, self._rounds = True, 0
        if self._last is None or self._is_over(*self._last):
            await self._next()
        else:
            self._follow(self._last[1])

    def _is_over(self, event: Typed, widget: Widget) -> bool:
        """Tell whether a key has had its effect, and moved no focus: rows and fields take most keys at once."""
        if not event._stop_propagation or self._stand() != self._stood or self._app.calls != self._calls:
            return False
        return not is_field(type(widget)) or (isinstance(event, events.Key) and event.is_printable)

    async def _next(self) -> None:
        """Let the first key that waits through."""
        event = self._waiting.popleft()
        self._stood = self._stand()
        start = self._stood[1] or self._stood[0]
        self._last = (event, start) if start else None
        self._calls = self._app.calls
        await self._forward(event)
        if self._waiting:
            await self._follow_last()
        else:
            self.is_under_way = False

    def _stand(self) -> Stand:
        """Return the screen, and what has its focus."""
        return (self._app.screen_stack[-1] if self._app.screen_stack else None), self._app.focused

    def _follow(self, start: Widget | None) -> None:
        self._rounds += 1
        # the parents are noted now: a widget that is taken away has none any more
        chain = [node for node in start.ancestors_with_self if isinstance(node, Widget)] if start else []
        self._way = deque([*chain[:1], *chain])
        self._step()

    def _step(self) -> None:
        """Go on to the next that still takes calls, in the end to the app."""
        while self._way:
            if self._way.popleft().call_later(self._step):
                return
        self._app.call_later(self._arrived)

    async def _arrived(self) -> None:
        """Go on from where the focus has moved to; where it has not, the key is done."""
        before, self._stood = self._stood, self._stand()
        if self._stood != before and self._rounds < MOST_ROUNDS:
            self._follow(self._stood[1] or self._stood[0])
        elif self._waiting:
            await self._next()
        else:
            self.is_under_way = False

    def _watch(self, stood: tuple[int, int] | None = None) -> None:
        """See to it that no key waits for good, whatever became of the one before it."""

        async def look() -> None:
            self._stuck = None
            if self._waiting:
                now = (self._rounds, len(self._way))
                # where the program was busy all the while, the first look comes too early
                if now == stood:
                    await self._next()
                self._watch(now)

        self._stuck = self._app.set_timer(STUCK, look)


class OrderedKeys(App[int], inherit_bindings=False):
    """An app whose keys go one after the other."""

    machine: KeyMachine
    calls = 0
    """How often something was put off for the app to do, such as moving the focus."""

    def __init__(self) -> None:
        """No key was pressed yet."""
        super().__init__()
        self.key_order = KeyOrder(self, super().on_event)

    async def on_event(self, event: events.Event) -> None:
        """Let keys through one after the other, each to where the one before it has led."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.key_order.take(event)
        else:
            await super().on_event(event)

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Put a call off until all messages so far are handled."""
        self.calls += 1
        return super().call_later(callback, *args, **kwargs)
