/// One of several parts of the runs of a comparison, as in `3/16`.
public struct ComparisonShard: Equatable, Sendable {
  /// The number of the part, counted from 1.
  public let index: Int
  /// The number of parts.
  public let count: Int

  /// All runs in one part.
  public static let whole = ComparisonShard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads a shard.
  ///
  /// - Throws: ``ComparisonError/shard(_:)`` where the text is not I/N with 1 <= I <= N.
  public init(_ text: String) throws(ComparisonError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Self.number(parts[0]), let count = Self.number(parts[1]),
      index >= 1, index <= count
    else { throw .shard(text) }
    self.init(index: index, count: count)
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  /// Whether a run belongs to this part.
  ///
  /// Runs are dealt out in turn by number, so that parts are alike.
  public func contains(run number: Int) -> Bool { number % count == index - 1 }

  /// The shard to which a run belongs, as text.
  public func home(ofRun number: Int) -> String { "\(number % count + 1)/\(count)" }

  /// The form that ``init(_:)`` reads.
  public var text: String { "\(index)/\(count)" }
}
