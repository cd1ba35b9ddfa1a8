/// A value of JSON that was read, with the line on which it begins.
package struct JSONNode: Sendable {
  package indirect enum Content: Sendable {
    case null
    case flag(Bool)
    /// A number as it is written.
    case number(String)
    case text(String)
    case list([JSONNode])
    case object([(name: String, node: JSONNode)])
  }

  package let content: Content
  /// The line, counted from 1.
  package let line: Int

  /// The value in words, for a message.
  package var words: String {
    switch content {
    case .null: "null"
    case .flag(let isTrue): isTrue ? "true" : "false"
    case .number(let text): text
    case .text(let text): "'\(text)'"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
