"""PTB as its documentation has it: an Application, a JobQueue with a job a message, AIORateLimiter.

A job may be as late as it is: by default one that is late by more than a second is dropped. What is
refused is repeated as often as it takes; by default it is not repeated at all. Where the server has
a limit N, the limiter runs once as documented, N messages in any second, and once as strictly as it
can be set: one message in 1/N of a second, so that its bucket holds no burst.
"""

import asyncio
from typing import Any

from telegram.ext import AIORateLimiter, ApplicationBuilder, ExtBot
from telegram.request import HTTPXRequest

from tests.benchmarks.errand import Errand, run
from tests.benchmarks.peer_ptb import message_of


async def send(errand: Errand) -> None:
    """Let all jobs be due at once, and send until ended."""
    limiter = AIORateLimiter(
        overall_max_rate=errand.rate, overall_time_period=errand.period, max_retries=1000
    )
    bot: ExtBot[Any] = ExtBot(
        errand.token,
        base_url=f"{errand.url}/bot",
        request=HTTPXRequest(errand.connections, pool_timeout=None, read_timeout=20),
        rate_limiter=limiter,
    )
    application, message = ApplicationBuilder().bot(bot).build(), message_of(errand)

    async def job(context: Any) -> None:
        await context.bot.send_message(context.job.chat_id, **message)

    async with application:
        assert application.job_queue is not None
        late = {"misfire_grace_time": None}
        for chat in range(1, errand.messages + 1):
            application.job_queue.run_once(job, 0, chat_id=chat, job_kwargs=late)
        await application.start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    run(send)
