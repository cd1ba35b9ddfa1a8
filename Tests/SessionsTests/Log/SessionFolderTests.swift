import CLibrary
import DropoutEngine
import SessionSamples
import Sessions
import Testing

@Suite("The folder of autosaves") struct SessionFolderTests {
  @Test("It is dropscope/sessions among the state of the person")
  func place() {
    #expect(SessionFolder(["XDG_STATE_HOME": "/s", "HOME": "/h"])?.path == "/s/dropscope/sessions")
    #expect(SessionFolder(["HOME": "/h"])?.path == "/h/.local/state/dropscope/sessions")
    // A path that is not absolute is ignored.
    #expect(
      SessionFolder(["XDG_STATE_HOME": "s", "HOME": "/h"])?.path
        == "/h/.local/state/dropscope/sessions")
    #expect(SessionFolder([:]) == nil && SessionFolder(["HOME": ""]) == nil)
  }

  @Test("Several logs of one process and one second have files of their own")
  func ownFiles() throws {
    let folder = try TemporaryFolder()
    let sessions = SessionFolder(path: folder.path + "/a/b")
    let session = try SessionSamples.session()
    let logs = (0..<5).map { _ in
      SessionLog(in: sessions, dataName: "my data/../é.csv", now: { 1_700_000_000 })
    }
    for log in logs { #expect(log.record(session) == nil) }
    #expect(Set(logs.map(\.path)).count == 5)
    #expect(sessions.entries.count == 5)
    for entry in sessions.entries {
      #expect(entry.isInUse)
      #expect(try SessionFile.read(entry.path).session == session)
      #expect(throws: SavedFileError.self) { try sessions.remove(entry) }
    }
    for log in logs { log.close() }
    #expect(sessions.entries.allSatisfy { !$0.isInUse })
    #expect(sessions.last != nil)
  }

  @Test("The last one is the latest in which something was made, not a run that was only trained")
  func last() throws {
    let folder = try TemporaryFolder()
    let sessions = SessionFolder(path: folder.path)
    let made = try SessionSamples.session()
    let bare = SessionSamples.merelyTrained(made)
    #expect(made.isMade && !bare.isMade)
    let name = Branch(number: 1, name: "mine", journal: Journal(), reached: 9)
    #expect(
      Session(
        program: "", settings: made.settings, branches: [name], position: bare.position,
        data: made.data, weights: made.weights
      ).isMade)
    func save(_ bytes: [UInt8], _ data: String, at time: Int) throws {
      let file = data + SessionFolder.suffix
      _ = try folder.write(bytes, file)
      try folder.setTime(1_700_000_000 + time, of: file)
    }
    try save(bare.document, "b", at: 0)
    try save(bare.document, "c", at: 1)
    #expect(sessions.last?.name == "c" + SessionFolder.suffix)
    try save(made.document, "a", at: -1)
    #expect(sessions.last?.name == "a" + SessionFolder.suffix)
    // Who knows what is in a damaged one.
    try save(Array("{".utf8), "d", at: 2)
    #expect(sessions.last?.name == "d" + SessionFolder.suffix)
  }

  @Test("The latest are listed first, and kept; those that are in use are kept as well")
  func prune() throws {
    let folder = try TemporaryFolder()
    let sessions = SessionFolder(path: folder.path)
    let session = try SessionSamples.session()
    let held = SessionLog(in: sessions, dataName: "held", now: { 0 })
    #expect(held.record(session) == nil)
    for number in 0..<8 {
      let log = SessionLog(in: sessions, dataName: "data\(number)", now: { 1_700_000_000 })
      #expect(log.record(session) == nil)
    }
    let foreign = "20200101-000000-circle@elsewhere+1" + SessionFolder.suffix
    _ = try folder.write(session.document, foreign)
    let now = 1_700_000_000
    for name in folder.names { try folder.setTime(now - 100, of: name) }
    for number in 0..<8 {
      let name = try #require(folder.names.first { $0.contains("data\(number)") })
      try folder.setTime(now + number, of: name)
    }
    let listed = sessions.entries.map(\.name)
    #expect(listed.count == 10)
    #expect((0..<8).allSatisfy { listed[$0].contains("data\(7 - $0)") })
    _ = try folder.write([1], "something.else")
    #expect(Set(sessions.prune(keeping: 5, now: now)) == Set(listed[5...7]))
    // A week later the one of another machine is no longer spared.
    #expect(sessions.prune(keeping: 5, now: now + 8 * 24 * 3600) == [foreign])
    #expect(folder.names.count == 7)
    held.close()
  }

  @Test("What a person made outlives runs that were only trained, but the latest ones are kept")
  func pruneByWorth() throws {
    let folder = try TemporaryFolder()
    let sessions = SessionFolder(path: folder.path)
    let made = try SessionSamples.session()
    let bare = SessionSamples.merelyTrained(made)
    func save(_ bytes: [UInt8], _ data: String, at time: Int) throws {
      let file = data + SessionFolder.suffix
      _ = try folder.write(bytes, file)
      try folder.setTime(1_700_000_000 + time, of: file)
    }
    // Files without the name of a machine are those of another one: they have to be a week old.
    let now = 1_700_000_000 + 30 * 24 * 3600
    try save(made.document, "made1", at: 1)
    try save(Array("{".utf8), "damaged", at: 2)
    try save(made.document, "made2", at: 3)
    for number in 0..<60 { try save(bare.document, "bare\(number)", at: 10 + number) }
    let removed = sessions.prune(now: now)
    #expect(removed.count == 13)
    #expect(removed.allSatisfy { $0.hasPrefix("bare") })
    #expect(
      Set(removed.map { $0.prefix { $0 != "." } }) == Set((0..<13).map { Substring("bare\($0)") }))
    #expect(sessions.prune(now: now).isEmpty)
    // Without room for all of them, the oldest that was made goes, and the 10 latest stay.
    #expect(sessions.prune(keeping: 12, now: now).count == 38)
    let kept = Set(sessions.entries.map { $0.name.prefix { $0 != "." } })
    #expect(kept == Set((50..<60).map { Substring("bare\($0)") } + ["made2", "damaged"]))
  }

  @Test("A session is found by its name, with or without its end, and never outside the folder")
  func names() throws {
    let folder = try TemporaryFolder()
    let sessions = SessionFolder(path: folder.path)
    _ = try folder.write([], "a" + SessionFolder.suffix)
    #expect(sessions.entry(named: "a")?.name == "a" + SessionFolder.suffix)
    #expect(sessions.entry(named: "a" + SessionFolder.suffix) != nil)
    #expect(sessions.entry(named: "b") == nil && sessions.entry(named: "../a") == nil)
    // An empty one has nothing to go on with.
    #expect(sessions.last == nil)
  }
}
