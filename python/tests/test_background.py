import threading
import unittest

from gengap.background import Background


class BackgroundTest(unittest.TestCase):
    def setUp(self):
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.behind = Background("test", 1)
        self.done = []

    def large(self):
        self.begun.set()
        self.go_on.wait()
        self.done.append("large")

    def test_submit_whileALargeJobIsDone_doesNotWait(self):
        self.behind.submit_large(self.large)
        for i in range(100):
            self.behind.submit(lambda i=i: self.done.append(i))
        self.assertEqual(self.done, [])
        self.go_on.set()
        self.behind.close()

        self.assertEqual(self.done, ["large", *range(100)])

    def test_submitLarge_beyondTheMost_waitsForRoom(self):
        self.behind.submit_large(self.large)
        second = threading.Thread(
            target=lambda: self.behind.submit_large(lambda: self.done.append("second")))
        second.start()
        self.begun.wait()
        self.assertTrue(second.is_alive())
        self.go_on.set()
        second.join()
        self.behind.close()

        self.assertEqual(self.done, ["large", "second"])

    def test_submit_afterAJobThatFailed_raisesWhatItRaised(self):
        self.behind.submit_large(lambda: 1 / 0)
        self.behind.close()

        with self.assertRaises(ZeroDivisionError):
            self.behind.submit_large(self.large)
