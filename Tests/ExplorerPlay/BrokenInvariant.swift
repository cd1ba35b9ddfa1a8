/// Something that does not hold, although it holds after everything that can happen.
package struct BrokenInvariant: Error, Equatable, CustomStringConvertible {
  /// The sentence that does not hold.
  package let sentence: String
  /// The place, and the evidence.
  package let evidence: String

  /// The place, the sentence and the evidence.
  package var description: String { "not so: \(sentence) (\(evidence))" }

  /// Throws unless a sentence holds.
  static func unless(
    _ holds: Bool, _ sentence: String, _ evidence: @autoclosure () -> String = ""
  ) throws(BrokenInvariant) {
    guard !holds else { return }
    throw BrokenInvariant(sentence: sentence, evidence: evidence())
  }
}
