import DropoutEngine

/// The effect of one scaling by its definition, in closed forms of p.
///
/// Laws expect it of the engine, which has factors of its own.
///
/// S is the sum over all terms and Q the sum of their squares.
struct ScalingLaw: Sendable {
  let scaling: Scaling
  /// The law of its sums, in a sentence.
  let statement: String
  let source: String
  /// The factor of kept activations in training.
  let training: @Sendable (Double) -> Double
  /// The factor of activations in the test pass.
  let test: @Sendable (Double) -> Double
  /// The mean of the training sum, in units of S.
  let mean: @Sendable (Double) -> Double
  /// The variance of the training sum, in units of Q.
  let variance: @Sendable (Double) -> Double
  /// The test sum divided by the mean training sum.
  let ratio: @Sendable (Double) -> Double
  /// |mean training sum - test sum| / |test sum|.
  let divergence: @Sendable (Double) -> Double

  /// The law of a scaling.
  static func of(_ scaling: Scaling) -> ScalingLaw {
    guard let law = all.first(where: { $0.scaling == scaling }) else {
      preconditionFailure("no law says what scaling \(scaling.rawValue) does")
    }
    return law
  }

  /// The laws of all scalings.
  static let all = [
    ScalingLaw(
      scaling: .off,
      statement: "Nothing scaled: mean pS, variance p(1-p)Q, test S, ratio 1/p, divergence 1-p.",
      source: "Srivastava et al. 2014, section 4",
      training: { _ in 1 }, test: { _ in 1 }, mean: { $0 }, variance: { $0 * (1 - $0) },
      ratio: { 1 / $0 }, divergence: { 1 - $0 }),
    ScalingLaw(
      scaling: .classic,
      statement: "Classic: mean pS, variance p(1-p)Q, test pS, ratio 1, divergence 0.",
      source: "Srivastava et al. 2014, section 4",
      training: { _ in 1 }, test: { $0 }, mean: { $0 }, variance: { $0 * (1 - $0) },
      ratio: { _ in 1 }, divergence: { _ in 0 }),
    ScalingLaw(
      scaling: .inverted,
      statement: "Inverted: mean S, variance (1-p)/p Q, test S, ratio 1, divergence 0.",
      source: "Srivastava et al. 2014, section 10 (scaling in training)",
      training: { 1 / $0 }, test: { _ in 1 }, mean: { _ in 1 }, variance: { (1 - $0) / $0 },
      ratio: { _ in 1 }, divergence: { _ in 0 }),
    ScalingLaw(
      scaling: .double,
      statement: "Scaled twice: mean S, test pS, ratio p, divergence (1-p)/p.",
      source: "Srivastava et al. 2014, section 10 (scaling in training)",
      training: { 1 / $0 }, test: { $0 }, mean: { _ in 1 }, variance: { (1 - $0) / $0 },
      ratio: { $0 }, divergence: { (1 - $0) / $0 }),
    ScalingLaw(
      scaling: .swapped,
      statement:
        "Keep and drop swapped: mean pS, test (1-p)S, ratio (1-p)/p, divergence |2p-1|/(1-p).",
      source: "Srivastava et al. 2014, section 4",
      training: { _ in 1 }, test: { 1 - $0 }, mean: { $0 }, variance: { $0 * (1 - $0) },
      ratio: { (1 - $0) / $0 }, divergence: { abs(2 * $0 - 1) / (1 - $0) }),
    ScalingLaw(
      scaling: .inverseDrop,
      statement:
        "Times 1/drop: mean p/(1-p) S, variance p/(1-p) Q, test S, ratio (1-p)/p, divergence "
        + "|2p-1|/(1-p).",
      source: "Srivastava et al. 2014, section 10 (scaling in training)",
      training: { 1 / (1 - $0) }, test: { _ in 1 }, mean: { $0 / (1 - $0) },
      variance: { $0 / (1 - $0) }, ratio: { (1 - $0) / $0 },
      divergence: { abs(2 * $0 - 1) / (1 - $0) }),
  ]
}
