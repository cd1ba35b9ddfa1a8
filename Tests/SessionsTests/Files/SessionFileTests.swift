import CLibrary
import DropoutEngine
import Foundation
import SessionSamples
import Sessions
import Testing

@Suite("Session files") struct SessionFileTests {
  private func problem(_ body: () throws(SavedFileError) -> Void) -> SavedFileProblem? {
    do throws(SavedFileError) {
      try body()
      return nil
    } catch {
      return error.problem
    }
  }

  @Test("A folder is no file that could be replaced", arguments: [false, true])
  func folder(replacing: Bool) throws {
    let folder = try TemporaryFolder()
    do {
      try SessionFile.write(
        try SessionSamples.session(), to: folder.path, replacing: replacing)
      Issue.record("a session is written over a folder")
    } catch let error as SavedFileError {
      #expect(error.problem == .isFolder)
      #expect(error.description.contains("is a folder; name a file in it"))
    }
    #expect(folder.names.isEmpty)
  }

  @Test("A file reads back, and nothing else is left in its folder")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let session = try SessionSamples.session()
    let path = folder.path + "/a.json"
    try SessionFile.write(session, to: path)
    #expect(try SessionFile.read(path) == StoredSession(session: session, remark: nil))
    #expect(folder.names == ["a.json"])
  }

  @Test("A device is never replaced, nor offered to be", arguments: [false, true])
  func device(replacing: Bool) throws {
    let session = try SessionSamples.session()
    let error = try #require(
      throws: SavedFileError.self
    ) { try SessionFile.write(session, to: "/dev/null", replacing: replacing) }
    guard case .unwritable(let reason) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("no regular file"))
  }

  @Test("A file that is there stays as it is, unless it is to be replaced")
  func existing() throws {
    let folder = try TemporaryFolder()
    let session = try SessionSamples.session()
    let path = try folder.write([1, 2, 3], "a.json")
    #expect(
      problem { () throws(SavedFileError) in try SessionFile.write(session, to: path) } == .exists)
    #expect(try folder.bytes("a.json") == [1, 2, 3])
    symlink("nowhere", folder.path + "/link")
    #expect(
      problem { () throws(SavedFileError) in
        try SessionFile.write(session, to: folder.path + "/link")
      } == .exists)
    chmod(path, 0o640)
    try SessionFile.write(session, to: path, replacing: true)
    #expect(try SessionFile.read(path).session == session)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o7777 == 0o640)
    #expect(folder.names == ["a.json", "link"])
  }

  @Test("Of several that write one new file at once, one alone succeeds")
  func race() async throws {
    let folder = try TemporaryFolder()
    let session = try SessionSamples.session()
    let path = folder.path + "/a.json"
    let written = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { (try? SessionFile.write(session, to: path)) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(written == 1)
    #expect(try SessionFile.read(path).session == session)
    #expect(folder.names == ["a.json"])
  }

  @Test("What cannot be written is said with the system's reason, and leaves nothing")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let session = try SessionSamples.session()
    for path in [
      "", "/dev/null/a.json", folder.path + "/none/a.json", folder.path + "/a\0b",
      folder.path + "/" + String(repeating: "x", count: 300),
    ] {
      let found = problem { () throws(SavedFileError) in try SessionFile.write(session, to: path) }
      guard case .unwritable = found else {
        Issue.record("\(path): \(String(describing: found))")
        continue
      }
    }
    #expect(folder.names.isEmpty)
  }

  @Test("A session that could not be read again is not written")
  func unreadableSession() throws {
    let folder = try TemporaryFolder()
    let session = Session(
      program: "0.1.0", settings: Settings(), branches: [],
      position: TimelinePosition(branch: 1, step: 0, changes: 0), data: Fingerprint(),
      weights: Fingerprint())
    #expect(throws: SavedFileError.self) {
      try SessionFile.write(session, to: folder.path + "/a.json")
    }
    #expect(folder.names.isEmpty)
  }

  @Test("A file of 1 GB is refused by its size")
  func huge() throws {
    let folder = try TemporaryFolder()
    let path = try folder.sparse(1 << 30, "a.json")
    #expect(
      problem { () throws(SavedFileError) in _ = try SessionFile.read(path) }
        == .tooLarge(bytes: 1 << 30, limit: Session.sizeLimit))
  }

  @Test("What is no regular file is refused and not waited for")
  func otherKinds() throws {
    let folder = try TemporaryFolder()
    mkfifo(folder.path + "/pipe", 0o600)
    for (path, isFolder) in [
      (folder.path, true), (folder.path + "/pipe", false), ("/dev/zero", false),
    ] {
      #expect(
        problem { () throws(SavedFileError) in _ = try SessionFile.read(path) }
          == .notRegular(isFolder: isFolder))
    }
    for path in ["", folder.path + "/none", "a\0b"] {
      let found = problem { () throws(SavedFileError) in _ = try SessionFile.read(path) }
      guard case .unreadable = found else {
        Issue.record("\(path): \(String(describing: found))")
        continue
      }
    }
  }
}
