import Foundation
import RecordingSamples
import Recordings
import Testing

@Suite("A recording is followed while it grows") struct FollowTests {
  @Test(
    "Pieces of any size give the same looks, and a torn line waits", arguments: [1, 7, 64, 4096])
  func pieces(size: Int) throws {
    let sample = RecordingSample()
    let bytes = Data(sample.text(looks: 3).utf8)
    let file = try SampleFile()
    let reader = try RecordingReader(path: file.path)
    #expect(try reader.advance() == .nothing)
    var seen = 0
    for start in stride(from: 0, to: bytes.count, by: size) {
      let end = min(bytes.count, start + size)
      try file.append(bytes[start..<end])
      #expect(try reader.advance() == .read)
      let lines = bytes[..<end].count { $0 == UInt8(ascii: "\n") }
      #expect((reader.header != nil) == (lines > 0))
      #expect(reader.lookCount == min(3, max(0, lines - 1)))
      let torn = bytes[..<end].reversed().prefix { $0 != UInt8(ascii: "\n") }.count
      #expect(reader.unfinishedBytes == torn)
      seen = max(seen, reader.lookCount)
    }
    #expect(seen == 3)
    #expect(reader.end?.looks == 3)
    #expect(try reader.advance() == .nothing)
    let whole = try RecordingReader.whole(sample.text(looks: 3))
    for index in 0..<3 { #expect(try reader.look(at: index) == whole.look(at: index)) }
    #expect(reader.history == whole.history)
  }

  @Test("A file that is replaced or removed is told from one that stays") func departures() throws {
    let sample = RecordingSample()
    let file = try SampleFile(sample.text(looks: 2))
    let reader = try RecordingReader(path: file.path)
    #expect(try reader.advance() == .read)
    #expect(reader.departure == nil)
    try FileManager.default.moveItem(atPath: file.path, toPath: file.path + ".old")
    #expect(reader.departure == .removed)
    try Data("{}".utf8).write(to: URL(fileURLWithPath: file.path))
    #expect(reader.departure == .replaced)
    #expect(RecordingDeparture.replaced.sentence("a").contains("view it again"))
    #expect(try reader.look(at: 0).index == 0)
    try FileManager.default.removeItem(atPath: file.path)
    try FileManager.default.moveItem(atPath: file.path + ".old", toPath: file.path)
    #expect(reader.departure == nil)
  }

  @Test("A file that was cut is an error, and what was read stays") func cut() throws {
    let sample = RecordingSample()
    let text = sample.text(looks: 2, isClosed: false)
    let file = try SampleFile(text)
    let reader = try RecordingReader(path: file.path)
    #expect(try reader.advance() == .read)
    try file.cut(to: 100)
    #expect {
      try reader.advance()
    } throws: {
      ($0 as? RecordingError)?.problem == .shrunk(read: text.utf8.count, size: 100)
    }
    #expect(reader.lookCount == 2)
    #expect(throws: RecordingError.self) { try reader.look(at: 1) }
  }

  @Test("Earlier looks of a pipe can be read again, and its end is seen") func pipe() throws {
    let folder = try SampleFile()
    let path = folder.path + ".fifo"
    try #require(mkfifo(path, 0o600) == 0)
    let reader = try RecordingReader(path: path)
    #expect(!reader.isFile)
    #expect(try reader.advance() == .nothing)
    #expect(!reader.wait(milliseconds: 0))
    let writer = try #require(FileHandle(forWritingAtPath: path))
    let sample = RecordingSample()
    try writer.write(contentsOf: Data((sample.header + "\n" + sample.look(1) + "\n{\"lo").utf8))
    #expect(reader.wait(milliseconds: 10_000))
    #expect(try reader.advance() == .read)
    #expect(reader.lookCount == 1)
    #expect(reader.unfinishedBytes == 4)
    try writer.write(contentsOf: Data(sample.look(2).dropFirst(4).utf8 + [10]))
    #expect(try reader.advance() == .read)
    #expect(try reader.look(at: 0).look.number == 1)
    #expect(try reader.look(at: 1).look.number == 2)
    try writer.close()
    #expect(try reader.advance() == .ended)
  }

  @Test("The course keeps looks that are evenly spread, and the newest one") func history() throws {
    var sample = RecordingSample()
    sample.layers = 2
    sample.shown = 1
    let text =
      sample.header + "\n"
      + (1...2500).map { sample.look($0, judges: false) }.joined(separator: "\n") + "\n"
    let reader = try RecordingReader.whole(text)
    let history = try #require(reader.history)
    let steps = history.points.map(\.step)
    #expect(steps.first == 40)
    #expect(steps.last == 100_000)
    #expect(steps.count <= 1025)
    let distances = Set(zip(steps, steps.dropFirst()).dropLast().map { $1 - $0 })
    #expect(distances == [160])
    for (index, point) in history.points.enumerated() {
      let look = try reader.look(at: point.step / 40 - 1).look
      #expect(history.divergence(of: 1)[index] == look.divergence[1].map { Double(Float($0)) })
      #expect(point.losses == look.losses)
    }
  }
}
