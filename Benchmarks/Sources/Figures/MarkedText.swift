import Foundation

/// A page in which a command owns the lines between two markers; the rest belongs to people.
public struct MarkedText: Equatable, Sendable {
  /// The line before the command's part.
  public static let begin = "<!-- measured: begin -->"
  /// The line after the command's part.
  public static let end = "<!-- measured: end -->"

  /// The whole page.
  public private(set) var text: String

  /// Creates a page from its text.
  public init(_ text: String) { self.text = text }

  /// Replaces the command's part, the lines between the markers.
  ///
  /// - Throws: ``MarkedTextError`` where the page does not have each marker once, in this order;
  ///   the page is not changed then.
  public mutating func replaceMeasured(by lines: [String]) throws(MarkedTextError) {
    let old = text.components(separatedBy: "\n")
    let begins = old.indices.filter { old[$0] == Self.begin }
    let ends = old.indices.filter { old[$0] == Self.end }
    guard begins.count == 1, ends.count == 1, begins[0] < ends[0] else {
      throw MarkedTextError(begins: begins.count, ends: ends.count)
    }
    text = (Array(old[...begins[0]]) + lines + Array(old[ends[0]...])).joined(separator: "\n")
  }
}

/// A page without its markers, or with too many of them.
public struct MarkedTextError: Error, Equatable, CustomStringConvertible {
  /// The number of lines that begin the command's part.
  public var begins: Int
  /// The number of lines that end it.
  public var ends: Int

  /// Creates an error from the two counts.
  public init(begins: Int, ends: Int) {
    self.begins = begins
    self.ends = ends
  }

  /// The fault and the remedy.
  public var description: String {
    "has \(begins) lines '\(MarkedText.begin)' and \(ends) lines '\(MarkedText.end)'; it takes one "
      + "of each, in this order"
  }
}
