"""Work that is done behind the caller's, in order, by one thread."""

import queue
import threading


class Background:
    """Does jobs one after the other; after one that failed, none.

    Of large ones ``most`` are kept at once. Whoever submits is told of the failure. Close it.
    """

    def __init__(self, name, most):
        self._jobs = queue.Queue()
        self._room = threading.Semaphore(most)
        self._failure = None
        # As a daemon it does not keep a program alive whose training failed.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job):
        """Raises what an earlier job raised."""
        self.check()
        self._jobs.put((job, False))

    def submit_large(self, job):
        """Waits for room. Raises what an earlier job raised."""
        self.check()
        self._room.acquire()
        self._jobs.put((job, True))

    def check(self):
        """Raises what an earlier job raised."""
        if self._failure is not None:
            raise self._failure

    def close(self):
        """Returns once every job is done."""
        self._jobs.put((None, False))
        self._thread.join()

    def _work(self):
        while True:
            job, large = self._jobs.get()
            if job is None:
                return
            if self._failure is None:
                try:
                    job()
                except Exception as e:  # told to whoever submits next
                    self._failure = e
            if large:
                self._room.release()
