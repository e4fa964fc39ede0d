"""Writes event_file.hex: the bytes of a small event file, made by TensorBoard's own messages and record writer, and
read back by its EventAccumulator. Made with tensorboard 2.21.0: python event_file.py"""

import pathlib
import tempfile

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

NOW = 1_700_000_000.5


def value(tag, number):
    return Summary.Value(tag=tag, simple_value=number)


events = [
    Event(wall_time=NOW, file_version="brain.Event:2"),
    Event(wall_time=NOW, step=1, session_log=SessionLog(status=SessionLog.START)),
    Event(wall_time=NOW, step=1, summary=Summary(value=[
        value("learning_rate", 0.001), value("loss", 0.75), value("brand_loss", 0.75)])),
    Event(wall_time=NOW, step=300, summary=Summary(value=[value("learning_rate", 0.001)])),
]
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "events.out.tfevents.1700000000.000")
    with open(path, "wb") as out:
        writer = RecordWriter(out)
        for event in events:
            writer.write(event.SerializeToString())
        writer.flush()
    read = EventAccumulator(folder)
    read.Reload()
    assert read.Tags()["scalars"] == ["learning_rate", "loss", "brand_loss"], read.Tags()
    assert [e.step for e in read.Scalars("learning_rate")] == [1, 300]
    pathlib.Path(__file__).with_suffix(".hex").write_text(path.read_bytes().hex() + "\n")
