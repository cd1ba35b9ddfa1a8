package import DropoutEngine
package import JSON

/// A value that was read, with its place, on its way to a type.
package struct JSONField {
  package let node: JSONNode
  /// The place, as `branches[0].origin`; empty for the whole.
  package let place: String
  /// The name of what is read, for messages.
  package let name: String

  /// Creates the field of a value.
  package init(node: JSONNode, place: String, name: String) {
    (self.node, self.place, self.name) = (node, place, name)
  }

  package func error(_ problem: SavedFileProblem) -> SavedFileError {
    SavedFileError(name: name, line: node.line, field: place, problem: problem)
  }

  private func wrongKind(_ expected: String) -> SavedFileError {
    error(.wrongKind(expected: expected, found: node.words))
  }

  package var isNull: Bool {
    if case .null = node.content { return true }
    return false
  }

  package func text() throws(SavedFileError) -> String {
    guard case .text(let text) = node.content else { throw wrongKind("a text") }
    return text
  }

  func optionalText() throws(SavedFileError) -> String? { isNull ? nil : try text() }

  package func flag() throws(SavedFileError) -> Bool {
    guard case .flag(let isTrue) = node.content else { throw wrongKind("true or false") }
    return isTrue
  }

  package func integer(_ range: ClosedRange<Int>) throws(SavedFileError) -> Int {
    guard case .number(let text) = node.content,
      !text.utf8.contains(where: { [UInt8(ascii: "."), 0x45, 0x65].contains($0) })
    else { throw wrongKind("a whole number") }
    guard let number = Int(text), range.contains(number) else {
      throw error(.outOfRange(value: text, range: "\(range.lowerBound) to \(range.upperBound)"))
    }
    return number
  }

  func optionalInteger(_ range: ClosedRange<Int>) throws(SavedFileError) -> Int? {
    isNull ? nil : try integer(range)
  }

  /// A finite number.
  package func number() throws(SavedFileError) -> Double {
    guard case .number(let text) = node.content else { throw wrongKind("a number") }
    guard let number = Double(text), number.isFinite else {
      throw error(.outOfRange(value: text, range: "of numbers of 64 bits"))
    }
    return number
  }

  package func fingerprint() throws(SavedFileError) -> Fingerprint {
    let text = try text()
    guard let fingerprint = Fingerprint(text) else {
      throw wrongKind("a fingerprint of 16 digits, 0 to 9 and a to f")
    }
    return fingerprint
  }

  package func list() throws(SavedFileError) -> [JSONField] {
    guard case .list(let nodes) = node.content else { throw wrongKind("a list") }
    return nodes.enumerated().map { index, node in
      JSONField(node: node, place: "\(place)[\(index)]", name: name)
    }
  }

  package func optionalList() throws(SavedFileError) -> [JSONField]? { isNull ? nil : try list() }

  /// The members of an object, in their order.
  package func members() throws(SavedFileError) -> [(name: String, field: JSONField)] {
    guard case .object(let members) = node.content else { throw wrongKind("an object") }
    return members.map { member in
      let shown = ForeignText.shown(member.name)
      return (
        member.name,
        JSONField(
          node: member.node, place: place.isEmpty ? shown : "\(place).\(shown)", name: name)
      )
    }
  }

  /// The members of an object that has exactly these, by name, and maybe some others.
  package func object(
    _ names: [String], maybe later: [String] = []
  ) throws(SavedFileError) -> JSONObject {
    let members = try members()
    let known = names + later
    for (name, field) in members where !known.contains(name) {
      throw field.error(.unknown(nearest: NameDistance.nearest(to: name, in: known)))
    }
    let object = JSONObject(
      whole: self, fields: Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.field) }))
    for name in names where object.fields[name] == nil { throw object.missing(name) }
    return object
  }
}

/// An object that has all members that it should have.
package struct JSONObject {
  let whole: JSONField
  package let fields: [String: JSONField]

  package subscript(_ name: String) -> JSONField {
    guard let field = fields[name] else { preconditionFailure("no field \(name) was asked for") }
    return field
  }

  func missing(_ name: String) -> SavedFileError {
    SavedFileError(
      name: whole.name, line: whole.node.line,
      field: whole.place.isEmpty ? name : "\(whole.place).\(name)", problem: .missing)
  }
}
