"""The cache that all processes share. A site must not fail for it: what cannot be had is missed."""

import logging
import pickle
import random
import time
import zlib
from contextlib import suppress

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)


class FileCache(FileBasedCache):
    """Files in the data folder: no server needed, and warm again after a restart."""

    # A full disk or a folder that went; a file that a power cut left empty or cut off.
    failures = (OSError, EOFError, zlib.error, pickle.UnpicklingError)

    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except self.failures:
            return default

    def set(self, *args, **kwargs):
        try:
            super().set(*args, **kwargs)
        except self.failures as error:
            logger.warning("The page cache cannot be written: %s", error)
            # What cannot be replaced must not stay either: it may be out of date.
            with suppress(OSError):
                self.delete(args[0])

    def _write_content(self, file, timeout, value):
        # Quickly: the longer bodies are compressed already, for those who take them that way.
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), level=1))

    def _createdir(self):
        with suppress(OSError):  # `set` finds out, and says so
            super()._createdir()

    def _cull(self):
        # Counting the files takes longer than writing one; a few too many do no harm.
        if random.random() < 0.01:  # noqa: S311 chance, no secret
            super()._cull()


class RedisPageCache(RedisCache):
    """Redis, left alone for some seconds after it failed, so that no visitor waits for it."""

    pause = 5
    failed_at = float("-inf")

    def get(self, key, default=None, version=None):
        return self._try(super().get, key, default, version, otherwise=default)

    def set(self, *args, **kwargs):
        return self._try(super().set, *args, **kwargs)

    def get_many(self, keys, version=None):
        return self._try(super().get_many, keys, version, otherwise={})

    def set_many(self, *args, **kwargs):
        return self._try(super().set_many, *args, otherwise=[], **kwargs)

    def clear(self):
        return self._try(super().clear)

    def _try(self, method, *args, otherwise=None, **kwargs):
        from redis.exceptions import RedisError

        if time.monotonic() - self.failed_at < self.pause:
            return otherwise
        try:
            return method(*args, **kwargs)
        except (RedisError, pickle.UnpicklingError) as error:
            # Of all instances: each thread has one of its own.
            type(self).failed_at = time.monotonic()
            logger.error("Redis does not answer, the site goes on without: %s", error)
            return otherwise
