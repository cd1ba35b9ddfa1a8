import DropoutEngine
import Foundation
import ParameterExtremes
import SessionSamples
import Sessions
import Testing

@Suite("Sessions as documents") struct SessionDocumentTests {
  /// The error of a document.
  private func error(_ text: String) -> SavedFileError? {
    do throws(SavedFileError) {
      _ = try Session(document: Array(text.utf8), name: "a.json")
      return nil
    } catch {
      return error
    }
  }

  private func document() throws -> String {
    String(decoding: try SessionSamples.session().document, as: UTF8.self)
  }

  @Test("A document reads back as the same session")
  func roundTrip() throws {
    let session = try SessionSamples.session()
    #expect(try Session(document: session.document, name: "a") == session)
  }

  @Test("Every variant and every extreme of every parameter reads back to the bit")
  func settings() throws {
    var count = 0
    for variant in Variant.allCases {
      // Only masks and scaling depend on the variant.
      let isFirst = variant == .inverted
      for row in ParameterTable.all
      where !["drop", "drop-input", "variant"].contains(row.name)
        && (isFirst || row.group == .dropout)
      {
        let choices = row.choices + ParameterExtremes.values(of: row)
        for value in choices {
          guard
            let settings = try? Settings(assignments: [
              ("variant", variant.rawValue), (row.name, value),
            ])
          else { continue }
          let session = Session(
            program: "0.1.0", settings: settings,
            branches: [Branch(number: 1, journal: Journal(), reached: 0)],
            position: TimelinePosition(branch: 1, step: 0, changes: 0),
            data: Fingerprint(), weights: Fingerprint())
          #expect(try Session(document: session.document, name: "a") == session)
          count += 1
        }
      }
    }
    #expect(count > 200)
  }

  @Test("Weights that no parameter names, and the factors that go with them, read back to the bit")
  func initialWeights() throws {
    let settings = try Settings(assignments: [("hidden", "3"), ("variant", "classic")])
    let dataset = try BuiltInDataset.circle.generate(settings.experiment)
    let group = try LearnerGroup(configuration: settings.experiment, dataset: dataset)
    let map = LockstepMap(settings.experiment)
    var initial = map.inverted(group.parameters[0])
    initial.layers[0].weights.elements[0] = -0.0
    initial.layers[0].weights.elements[1] = .leastNonzeroMagnitude
    let session = Session(
      program: "0.1.0", settings: Settings(experiment: map.inverted), initial: [initial],
      branches: [Branch(number: 1, journal: Journal(), reached: 0)],
      position: TimelinePosition(branch: 1, step: 0, changes: 0),
      data: dataset.fingerprint, weights: group.fingerprint)
    let read = try Session(document: session.document, name: "a")
    #expect(read == session)
    #expect(read.initial?[0].layers[0].weights.elements[0].sign == .minus)
    #expect(read.settings.experiment.weightRateFactor == map.inverted.weightRateFactor)
    #expect(throws: SavedFileError.self) { try session.shareText() }
  }

  // MARK: Fields

  /// A place in the tree of a document.
  private enum Step { case name(String), index(Int) }

  private func places(_ value: Any, _ path: [Step] = []) -> [[Step]] {
    var found: [[Step]] = path.isEmpty ? [] : [path]
    if let object = value as? [String: Any] {
      for (name, member) in object { found += places(member, path + [.name(name)]) }
    } else if let list = value as? [Any] {
      for (index, element) in list.enumerated() { found += places(element, path + [.index(index)]) }
    }
    return found
  }

  /// The tree with the value at a place replaced; nil removes it.
  private func replacing(_ value: Any, _ path: ArraySlice<Step>, with new: Any?) -> Any? {
    guard let step = path.first else { return new }
    switch step {
    case .name(let name):
      var object = value as? [String: Any] ?? [:]
      object[name] = object[name].flatMap { replacing($0, path.dropFirst(), with: new) }
      return object
    case .index(let index):
      var list = value as? [Any] ?? []
      if let changed = replacing(list[index], path.dropFirst(), with: new) {
        list[index] = changed
      } else {
        list.remove(at: index)
      }
      return list
    }
  }

  private func text(_ tree: Any?) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: try #require(tree)), as: UTF8.self)
  }

  /// The parameters that the first sessions did not know.
  private static let laterParameters = ["keep-schedule", "keep-steps", "mask-groups"]

  @Test("A session from before a parameter was there has its default")
  func olderSession() throws {
    let session = try SessionSamples.session()
    var tree = try JSONSerialization.jsonObject(with: Data(try document().utf8))
    var removed: [String] = []
    for path in places(tree) {
      guard case .name(let name)? = path.last, Self.laterParameters.contains(name) else { continue }
      tree = try #require(replacing(tree, path[...], with: nil))
      removed.append(name)
    }
    #expect(removed.sorted() == Self.laterParameters)
    let older = try Session(document: Array(text(tree).utf8), name: "a")
    #expect(older.settings == session.settings)
    #expect(older.settings.experiment.dropout.keepSchedule == .constant)
  }

  @Test("Every field that is missing is named, except what is looked at")
  func missing() throws {
    let tree = try JSONSerialization.jsonObject(with: Data(try document().utf8))
    var count = 0
    for path in places(tree) {
      guard case .name(let name)? = path.last else { continue }
      if path.count > 1, case .name("view") = path[0] { continue }
      if Self.laterParameters.contains(name) { continue }
      let found = error(try text(replacing(tree, path[...], with: nil)))
      let problem = try #require(found?.problem, "\(path) was not missed")
      switch name {
      case "dropscopeSession": #expect(problem == .notASession)
      // Without it, the entry is one of a parameter.
      case "intervention": #expect(problem == .unknown(nearest: nil))
      default:
        #expect(problem == .missing, "\(path)")
        #expect(found?.field.hasSuffix(name) == true)
      }
      count += 1
    }
    #expect(count > 80)
  }

  @Test("Every value of another kind is named, with its place")
  func wrongKind() throws {
    let tree = try JSONSerialization.jsonObject(with: Data(try document().utf8))
    for path in places(tree) {
      for other: Any in [["x": 1], [[1]], true, 1.5, "\u{1}"] {
        let found = error(try text(replacing(tree, path[...], with: other)))
        // The selection has any names, with texts or numbers.
        if case .name("view") = path[0], path.count > 1 ? other is String : other is [String: Int] {
          continue
        }
        if case .name(let name) = path[0], name.hasSuffix("Factor"), other is Double { continue }
        // A program has any name, and so have a folder, a branch and the text of a file's place.
        if other is String, found == nil {
          let last = path.last.map { if case .name(let name) = $0 { name } else { "" } } ?? ""
          #expect(
            ["program", "folder", "name"].contains(last)
              || ParameterTable.definition(named: last) != nil, "\(path) takes \(other)")
          continue
        }
        let fault = try #require(found, "\(path) takes \(other)")
        #expect(!fault.description.isEmpty && fault.name == "a.json")
      }
    }
  }

  @Test("A field that is not known is named, with the one that is meant")
  func unknown() throws {
    let found = error(try document().replacing("\"position\"", with: "\"positon\""))
    #expect(found?.problem == .unknown(nearest: "position"))
  }

  @Test("A later version is refused by its number, whatever else is in it")
  func future() throws {
    let text = try document().replacing("\"dropscopeSession\": 1", with: "\"dropscopeSession\": 2")
    #expect(error(text)?.problem == .future(version: 2, known: 1))
    #expect(error("{\"dropscopeSession\":7,\"x\":[]}")?.problem == .future(version: 7, known: 1))
    for version in ["0", "-1", "99999999999999999999", "1.5", "\"1\"", "null"] {
      #expect(error("{\"dropscopeSession\":\(version)}") != nil)
    }
  }

  // MARK: Bytes

  @Test("A document that ends at any byte before its last bracket is refused")
  func truncated() throws {
    let bytes = try SessionSamples.session().document
    for count in 0..<(bytes.count - 2) {
      do throws(SavedFileError) {
        _ = try Session(document: Array(bytes[..<count]), name: "a")
        Issue.record("\(count) of \(bytes.count) bytes are taken for a session")
      } catch {
        guard case .truncated = error.problem else {
          Issue.record("\(count) bytes: \(error)")
          continue
        }
      }
    }
  }

  @Test("Values that are nested deeply are refused before they are read")
  func deep() {
    for open in ["[", "{\"a\":"] {
      let text = String(repeating: open, count: 2_000_000)
      #expect(error(text)?.problem == .tooDeep(limit: 16))
    }
  }

  @Test("More values than any session has are refused")
  func manyValues() {
    let text = "[" + String(repeating: "0,", count: 2_000_001) + "0]"
    #expect(error(text)?.problem == .tooManyValues(limit: 2_000_000))
  }

  @Test("Broken JSON is refused with line, byte and what is expected")
  func broken() throws {
    for (text, line) in [
      ("{\n\"a\" 1}", 2), ("{\n\n\"a\":\t01}", 3), ("{\"a\":1,}", 1), ("{\"a\":tru}", 1),
      ("{\"a\":1}\nx", 2), ("{\"a\":\"\u{7}\"}", 1), ("{\"a\":\"\\x\"}", 1),
      ("{\"a\":-}", 1), ("{\"a\":1e}", 1), ("nul", 1), ("", 1),
    ] {
      let found = error(text)
      #expect(found?.line == line, "\(text): \(String(describing: found))")
    }
    #expect(error("{\"a\":1,\"a\":2}")?.problem == .namedTwice("a"))
    do throws(SavedFileError) {
      _ = try Session(document: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], name: "a")
      Issue.record("bytes that are no text are read")
    } catch {
      #expect(error.problem == .notUTF8)
    }
    #expect(error("{\"a\":1}")?.problem == .notASession)
    #expect(error("[1]")?.problem == .notASession)
  }
}
