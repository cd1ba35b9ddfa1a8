import JSON

/// Reads a session out of a file: a document, or the lines of an autosave.
package struct SessionLogReader {
  /// The name of the file.
  let name: String
  /// Whether what lies before a damaged line is taken.
  let salvaging: Bool

  private static let lineEnd = UInt8(ascii: "\n")

  /// Prepares to read what is called by a name in messages.
  package init(name: String, salvaging: Bool) {
    (self.name, self.salvaging) = (name, salvaging)
  }

  /// Reads the bytes of a file.
  package func read(_ bytes: [UInt8]) throws(SavedFileError) -> StoredSession {
    let first = bytes.firstIndex(of: Self.lineEnd) ?? bytes.endIndex
    // An indented document ends its first line behind the first bracket.
    let isDocument = bytes[..<first].allSatisfy {
      [UInt8(ascii: "{"), 0x20, 0x09, 0x0D].contains($0)
    }
    if isDocument { return StoredSession(session: try Session(document: bytes, name: name)) }
    var session = try Session(field(of: bytes[..<first], line: 1))
    var start = first + 1
    var line = 1
    var remark: String?
    while start < bytes.endIndex {
      line += 1
      guard let end = bytes[start...].firstIndex(of: Self.lineEnd) else {
        remark = "line \(line) was not finished when the program ended, and is left out"
        break
      }
      do throws(SavedFileError) {
        session = try next(bytes[start..<end], line: line, after: session)
      } catch {
        guard salvaging else { throw error }
        remark = "line \(line) is damaged: it and what follows it is left out"
        break
      }
      start = end + 1
    }
    return StoredSession(session: try checked(session), remark: remark)
  }

  private func next(
    _ bytes: ArraySlice<UInt8>, line: Int, after session: Session
  ) throws(SavedFileError) -> Session {
    let field = try field(of: bytes, line: line)
    guard let next = try SessionLogLine(field).applied(to: session) else {
      throw field.error(.refused("does not fit the lines before it"))
    }
    return next
  }

  private func field(
    of bytes: ArraySlice<UInt8>, line: Int
  ) throws(SavedFileError) -> JSONField {
    JSONField(
      node: try JSONNode(Array(bytes), name: name, line: line), place: "", name: name)
  }

  /// Checks what the lines amount to, as a document is checked.
  private func checked(_ session: Session) throws(SavedFileError) -> Session {
    do throws(SavedFileError) {
      return try Session(document: session.json.line, name: name)
    } catch {
      throw SavedFileError(name: name, field: error.field, problem: error.problem)
    }
  }
}
