public import DropoutMeasure

/// The measurements of the networks beside the training, whatever view is shown.
///
/// A new part is a field here, pending until it is measured, and a line in `SnapshotParts.measure`,
/// the one place where parts are measured. A test fails where the line is missing.
public struct SnapshotMeasurements: Sendable {
  /// The same weights under each test convention, over the test part (the training part where there
  /// is none).
  public var counterfactual = Measured.pending(Counterfactual())
  /// The network's outputs for the first test examples.
  public var examples: Measured<ExampleOutputs>
  /// The maps of the plane, where the dataset has one.
  public var maps: Measured<BoundaryMaps>?
  /// Divergence and ratio of each layer; empty while the first ones are being measured.
  public var divergence: Measured<[LayerDivergence]> = .pending([])
  /// The branch whose curves ``curves`` are: training may be on another one meanwhile.
  public var curveBranch = 1
  /// The curves of the branch that training was on, in the order of their steps.
  public var curves: [CurvePoint] = []
  /// The curves of the other branches.
  public var otherCurves: [BranchCurve] = []

  /// The points of the curves of each branch, by its number.
  var pointsByBranch: [Int: [CurvePoint]] {
    var points = Dictionary(uniqueKeysWithValues: otherCurves.map { ($0.branch, $0.points) })
    points[curveBranch] = curves
    return points
  }

  /// Nothing, before anything is measured of a network with that many outputs.
  init(outputs: Int) {
    examples = .pending(.none(of: outputs))
  }
}
