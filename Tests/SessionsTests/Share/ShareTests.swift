import DropoutEngine
import RepeatableRandom
import SessionSamples
import Sessions
import Testing

@Suite("Share strings") struct ShareTests {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~ =\u{E4}")

  /// A session of one branch with a number of changes.
  private func session(changes: Int, seed: UInt64 = 1) throws -> Session {
    var random = Generator(seed: seed)
    var entries: [(Int, ExperimentChange)] = []
    for _ in 0..<changes {
      let step = (entries.last?.0 ?? 0) + random.int(0...999)
      entries.append((step, SessionSamples.change("l2", "0.\(random.int(1000...9999))")))
    }
    let step = entries.last?.0 ?? 0
    return Session(
      program: "0.1.0",
      settings: try Settings(assignments: [("data", "spiral"), ("variant", "gaussian")]),
      branches: [Branch(number: 1, journal: SessionSamples.journal(entries), reached: step + 9)],
      position: TimelinePosition(branch: 1, step: step, changes: changes),
      data: SessionSamples.fingerprint("data"), weights: SessionSamples.fingerprint("weights"))
  }

  @Test("A string reads back as experiment, changes and position of the branch")
  func roundTrip() throws {
    let whole = try SessionSamples.session()
    let read = try Session(share: whole.shareText())
    #expect(read.settings.experiment == whole.settings.experiment)
    #expect(read.branches.count == 1 && read.branch.journal == whole.branch.journal)
    #expect(read.branch.reached == whole.branch.reached)
    #expect(read.position.step == whole.position.step)
    #expect(read.position.changes == whole.position.changes)
    #expect(read.data == whole.data && read.weights == whole.weights)
    #expect(read.view.isEmpty && read.folder == nil && read.settings.run == RunSettings())
    for count in [0, 1, 2, 3, 20] {
      let session = try session(changes: count)
      #expect(try Session(share: session.shareText()) == session)
    }
  }

  @Test("It needs no quotation marks in a shell or a link")
  func alphabet() throws {
    let text = try session(changes: 30).shareText()
    #expect(text.utf8.allSatisfy { ShareTests.letters.prefix(65).map(\.utf8.first).contains($0) })
  }

  @Test("Every single character that is changed, left out, doubled or swapped is found")
  func damage() throws {
    let text = Array(try SessionSamples.session().shareText())
    var tried = 0
    func refuse(_ characters: [Character]) {
      guard characters != text else { return }
      tried += 1
      #expect(throws: SavedFileError.self, "\(String(characters))") {
        try Session(share: String(characters))
      }
    }
    for place in text.indices {
      for letter in ShareTests.letters {
        var other = text
        other[place] = letter
        refuse(other)
      }
      refuse(Array(text[..<place]))
      refuse(Array(text[..<place] + text[(place + 1)...]))
      refuse(Array(text[...place] + text[place...]))
      if place > 0 {
        var other = text
        other.swapAt(place - 1, place)
        refuse(other)
      }
    }
    refuse(text + ["A"])
    #expect(tried > 10_000)
  }

  @Test("One that would be longer than 2,000 characters says so and offers the file")
  func tooLong() throws {
    var longest = 0
    for count in stride(from: 10, through: 1000, by: 10) {
      let session = try session(changes: count)
      do throws(SavedFileError) {
        let text = try session.shareText()
        #expect(text.utf8.count <= 2000)
        longest = count
      } catch {
        #expect(error.description.contains("more than 2000"))
        #expect(error.description.contains("save the session as a file"))
      }
    }
    #expect((50..<1000).contains(longest))
  }

  @Test("A string of a later version is refused by its number")
  func future() {
    do throws(SavedFileError) {
      _ = try Session(share: "ds2.AAAA")
      Issue.record("a later version is read")
    } catch {
      #expect(error.problem == .future(version: 2, known: 1))
    }
  }
}
