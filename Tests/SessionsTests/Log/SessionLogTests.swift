import CLibrary
import DropoutEngine
import RepeatableRandom
import SessionSamples
import Sessions
import Testing

@Suite("Autosaves") struct SessionLogTests {
  /// Sessions as a person makes them, one after the other.
  private func played(_ count: Int, seed: UInt64) throws -> [Session] {
    var random = Generator(seed: seed)
    var settings = try Settings(assignments: [("hidden", "4,3")])
    var branches = [Branch(number: 1, journal: Journal(), reached: 0)]
    var position = TimelinePosition(branch: 1, step: 0, changes: 0)
    var view: [String: ViewValue] = ["name": "live"]
    var sessions: [Session] = []
    var round = 0
    while sessions.count < count {
      round += 1
      guard let at = branches.firstIndex(where: { $0.number == position.branch }) else { break }
      let branch = branches[at]
      func replaced(_ journal: Journal, reached: Int, name: String?) -> Branch {
        Branch(
          number: branch.number, name: name, parent: branch.parent, origin: branch.origin,
          journal: journal, reached: reached)
      }
      switch random.int(below: 8) {
      case 0, 1:
        // A change where the branch ends.
        var journal = branch.journal
        journal.append(
          Journal.Entry(
            step: branch.reached, change: SessionSamples.change("l2", "0.\(round + 1)")))
        branches[at] = replaced(journal, reached: branch.reached, name: branch.name)
        position.step = branch.reached
        position.changes = journal.entries.count
      case 2:
        // A change in the past.
        let step = random.int(0...branch.reached)
        var journal = SessionSamples.journal(
          branch.journal.entries.filter { $0.step < step }.map { ($0.step, $0.change) })
        journal.append(
          Journal.Entry(step: step, change: .unit(UnitAddress(layer: 1, unit: 2), .kill)))
        let number = (branches.map(\.number).max() ?? 0) + 1
        branches.append(
          Branch(
            number: number, parent: branch.number, origin: step, journal: journal, reached: step))
        position = TimelinePosition(
          branch: number, step: step, changes: journal.entries.count)
      case 3:
        branches[at] = replaced(
          branch.journal, reached: branch.reached, name: random.int(0...2) == 0 ? nil : "n\(round)")
      case 4:
        let others = branches.filter { $0.number != position.branch }
        guard !others.isEmpty else { continue }
        let removed = random.element(others).number
        branches.removeAll { $0.number == removed }
      case 5:
        let other = random.element(branches)
        position = TimelinePosition(
          branch: other.number, step: other.reached, changes: other.journal.entries.count)
        view = ["name": .text("v\(round)"), "unit": .number(round)]
      case 6 where random.int(0...4) == 0:
        // The run starts anew.
        settings.experiment.hidden = [3 + random.int(0...4), 3]
        branches = [Branch(number: 1, journal: Journal(), reached: 0)]
        position = TimelinePosition(branch: 1, step: 0, changes: 0)
      default:
        branches[at] = replaced(
          branch.journal, reached: branch.reached + random.int(1...300), name: branch.name)
        position.step = branches[at].reached
        position.changes = branch.journal.entries.count
      }
      sessions.append(
        Session(
          program: "0.1.0", settings: settings, branches: branches, position: position,
          data: Fingerprint(), weights: SessionSamples.fingerprint("\(round)"), view: view))
      // The next one begins with what this one keeps.
      branches = sessions[sessions.count - 1].branches
    }
    return sessions
  }

  @Test("What was recorded last is what is read, after everything that can happen")
  func fold() throws {
    for seed: UInt64 in 1...4 {
      let folder = try TemporaryFolder()
      let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle")
      for session in try played(50, seed: seed) {
        #expect(log.record(session) == nil)
        #expect(try SessionFile.read(try #require(log.path)).session == session)
      }
      #expect(folder.names.count == 1)
    }
  }

  @Test("Only what changed is appended, and nothing where nothing did")
  func appended() throws {
    let folder = try TemporaryFolder()
    let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle")
    let session = try SessionSamples.session()
    #expect(log.record(session) == nil)
    let length = try folder.bytes(folder.names[0]).count
    #expect(log.record(session) == nil)
    #expect(try folder.bytes(folder.names[0]).count == length)
    let moved = Session(
      program: session.program, folder: session.folder, settings: session.settings,
      branches: session.branches,
      position: TimelinePosition(branch: 3, step: 401, changes: 4), data: session.data,
      weights: SessionSamples.fingerprint("moved"), view: session.view)
    #expect(log.record(moved) == nil)
    #expect(try folder.bytes(folder.names[0]).count - length < 200)
  }

  @Test("One goes on in the file of another, at any byte that its process left behind")
  func continuing() throws {
    let sessions = try played(20, seed: 6)
    for seed in 0..<10 {
      let folder = try TemporaryFolder()
      let autosaves = SessionFolder(path: folder.path)
      let first = SessionLog(in: autosaves, dataName: "circle")
      for session in sessions[..<10] { #expect(first.record(session) == nil) }
      let entry = try #require(autosaves.entries.first)
      // While its process lives, nobody else may write it.
      #expect(SessionLog(continuing: entry, in: autosaves) == nil)
      first.close()
      let torn = Array("{\"reached\":{\"bra".utf8.prefix(seed * 2))
      let bytes = try folder.bytes(entry.name)
      _ = try folder.write(bytes + torn, entry.name)
      let second = try #require(SessionLog(continuing: entry, in: autosaves))
      #expect(SessionLog(continuing: entry, in: autosaves) == nil)
      #expect(autosaves.entries[0].isInUse)
      for session in sessions[10...] {
        #expect(second.record(session) == nil)
        #expect(try SessionFile.read(entry.path).session == session)
      }
      // The file of the first one stands there unchanged.
      #expect(folder.names == [entry.name])
      #expect(Array(try folder.bytes(entry.name).prefix(bytes.count)) == bytes)
    }
  }

  @Test("One does not go on in a damaged file, in a link, nor in that of another machine")
  func notContinuing() throws {
    let folder = try TemporaryFolder()
    let autosaves = SessionFolder(path: folder.path)
    let log = SessionLog(in: autosaves, dataName: "circle")
    #expect(log.record(try SessionSamples.session()) == nil)
    let own = try #require(autosaves.entries.first)
    log.close()
    let bytes = try folder.bytes(own.name)
    func refused(_ name: String) throws {
      let entry = try #require(autosaves.entry(named: name))
      #expect(SessionLog(continuing: entry, in: autosaves) == nil)
    }
    _ = try folder.write(bytes, "20260101-000000-circle@elsewhere+1" + SessionFolder.suffix)
    try refused("20260101-000000-circle@elsewhere+1")
    let link = own.name.replacing("circle", with: "link")
    symlink(own.path, folder.path + "/" + link)
    try refused(link)
    _ = try folder.write(bytes + Array("{}\n".utf8), own.name)
    try refused(own.name)
    _ = try folder.write([], own.name)
    try refused(own.name)
  }

  @Test("A file that ends at any byte has all that was recorded in its whole lines")
  func torn() throws {
    let folder = try TemporaryFolder()
    let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle")
    // The session that a file of each length holds.
    var held: [(length: Int, session: Session)] = []
    var played = try played(14, seed: 4)
    // Those that are equal to the one before append nothing.
    played = played.enumerated().filter { $0 == 0 || played[$0 - 1] != $1 }.map(\.element)
    for session in played {
      #expect(log.record(session) == nil)
      held.append((try folder.bytes(folder.names[0]).count, session))
    }
    let bytes = try folder.bytes(folder.names[0])
    for count in 0...bytes.count {
      let path = try folder.write(Array(bytes[..<count]), "torn")
      let whole = bytes[..<count].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      guard count >= held[0].length - 1 else {
        #expect(throws: SavedFileError.self) { try SessionFile.read(path) }
        continue
      }
      let stored = try SessionFile.read(path)
      #expect((stored.remark == nil) == (whole == count || count < held[0].length))
      // All records of which each line is whole are there; of the next one there may be some lines.
      if let last = held.last(where: { $0.length == whole }) {
        #expect(stored.session == last.session)
      }
    }
  }

  @Test("A line in the middle that was damaged is named, and what lies before it can be saved")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle")
    let sessions = try played(20, seed: 9)
    #expect(log.record(sessions[0]) == nil)
    let first = try folder.bytes(folder.names[0])
    for session in sessions { #expect(log.record(session) == nil) }
    var bytes = try folder.bytes(folder.names[0])
    bytes[first.count] = UInt8(ascii: "x")
    let path = try folder.write(bytes, "damaged")
    do throws(SavedFileError) {
      _ = try SessionFile.read(path)
      Issue.record("a damaged line is read")
    } catch {
      #expect(error.line == 2)
    }
    let stored = try SessionFile.read(path, salvaging: true)
    #expect(stored.session == sessions[0])
    #expect(stored.remark?.contains("line 2 is damaged") == true)
  }

  @Test("Lines that do not fit to those before them are refused")
  func unfitting() throws {
    let folder = try TemporaryFolder()
    let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle")
    #expect(log.record(try SessionSamples.session()) == nil)
    let first = try folder.bytes(folder.names[0])
    for line in [
      "{\"removed\":9}", "{\"removed\":3}", "{\"reached\":{\"branch\":2,\"step\":1}}",
      "{\"change\":{\"branch\":1,\"step\":3,\"parameter\":\"l2\",\"value\":\"0\"}}",
      "{\"change\":{\"step\":3,\"parameter\":\"l2\",\"value\":\"0\"}}",
      "{\"change\":{\"branch\":1,\"step\":999,\"parameter\":\"l2\",\"value\":\"x\"}}",
      "{\"change\":{\"branch\":1,\"step\":999,\"parameter\":\"l2\",\"value\":\"0\",\"x\":1}}",
      "{\"nothing\":1}", "[]", "{}", "",
    ] {
      let path = try folder.write(first + Array((line + "\n").utf8), "unfitting")
      #expect(throws: SavedFileError.self, "\(line)") { try SessionFile.read(path) }
    }
  }

  @Test("A file that was removed, or has grown long, is followed by another one")
  func another() throws {
    let folder = try TemporaryFolder()
    let log = SessionLog(in: SessionFolder(path: folder.path), dataName: "circle", longest: 9000)
    let sessions = try played(60, seed: 2)
    #expect(log.record(sessions[0]) == nil)
    unlink(try #require(log.path))
    for session in sessions[1...] {
      #expect(log.record(session) == nil)
      #expect(try SessionFile.read(try #require(log.path)).session == session)
    }
    #expect(folder.names.count > 1)
  }

  @Test("Where nothing can be written it says so once, and nothing is left")
  func noFolder() throws {
    let log = SessionLog(in: SessionFolder(path: "/dev/null/sessions"), dataName: "circle")
    let sessions = try played(3, seed: 1)
    #expect(log.record(sessions[0])?.description.contains("/dev/null/sessions") == true)
    #expect(log.record(sessions[1]) == nil)
    #expect(log.failure != nil)
  }

  @Test("Once there is room again, all that is missing is written")
  func roomAgain() throws {
    let folder = try TemporaryFolder()
    // A file stands where the folder is to be.
    let place = try folder.write([], "sessions")
    let log = SessionLog(in: SessionFolder(path: place), dataName: "circle")
    let sessions = try played(10, seed: 5)
    for (index, session) in sessions.enumerated() {
      #expect((log.record(session) != nil) == (index == 0))
    }
    unlink(place)
    #expect(log.record(sessions[9]) == nil)
    #expect(log.failure == nil)
    #expect(try SessionFile.read(try #require(log.path)).session == sessions[9])
  }
}
