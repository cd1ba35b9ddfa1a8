/// A keep probability p as text, with the quantities that follow from it; right for every p above 0
/// and at most 1.
package struct KeepText {
  /// p.
  package let keep: String
  /// 1 - p.
  package let drop: String
  /// 1/p; a quotient where it is larger than a number can be.
  package let inverse: String
  /// 1/(1 - p); a quotient where nothing is dropped.
  package let inverseDrop: String
  /// (1 - p)/p, the variance of the noise in place of a mask; a quotient where it is too large.
  package let spread: String

  /// Writes p and its relatives: by `ordinary` where that many decimals tell them from 0 and 1.
  package init(_ probability: Double, decimals: Int, ordinary: @escaping (Double) -> String) {
    let factor = FactorText(decimals: decimals, ordinary: ordinary)
    let (inverse, spread) = (1 / probability, (1 - probability) / probability)
    let quotient = "1/" + FactorText.brief(probability)
    keep = factor.text(probability)
    drop = factor.text(1 - probability, beyondOne: -probability)
    let dropped = 1 - probability
    inverseDrop =
      dropped > 0
      ? factor.text(1 / dropped, beyondOne: probability / dropped)
      : "1/" + FactorText.brief(dropped)
    self.inverse = inverse.isFinite ? factor.text(inverse, beyondOne: spread) : quotient
    self.spread = spread.isFinite ? factor.text(spread) : quotient
  }

  /// A text as a factor of a product, with brackets around a difference, a sum or a quotient.
  package static func factor(_ text: String) -> String {
    ["1-", "1+", "1/"].contains { text.hasPrefix($0) } ? "(\(text))" : text
  }
}
