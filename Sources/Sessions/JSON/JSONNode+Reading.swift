package import JSON

extension JSONNode {
  /// Reads the one value of some bytes of a file; `line` is the number of their first line.
  package init(_ bytes: [UInt8], name: String, line: Int = 1) throws(SavedFileError) {
    do throws(JSONError) {
      self = try JSONParser.parse(bytes, line: line)
    } catch {
      throw SavedFileError(
        name: name, line: error.line, problem: SavedFileProblem(error.problem))
    }
  }
}

extension SavedFileProblem {
  fileprivate init(_ problem: JSONProblem) {
    self =
      switch problem {
      case .broken(let column, let expected, let found):
        .broken(column: column, expected: expected, found: found)
      case .truncated(_, let expected): .truncated(expected: expected)
      case .notUTF8: .notUTF8
      case .tooDeep(let limit): .tooDeep(limit: limit)
      case .tooManyValues(let limit): .tooManyValues(limit: limit)
      case .namedTwice(let name): .namedTwice(name)
      case .wrongKind(let expected, let found): .wrongKind(expected: expected, found: found)
      case .outOfRange(let value, let range): .outOfRange(value: value, range: range)
      }
  }
}
