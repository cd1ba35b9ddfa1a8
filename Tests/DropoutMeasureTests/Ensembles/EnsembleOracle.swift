import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

/// An ensemble by plain enumeration in Double.
///
/// The engine passes every mask up to the input of the output layer; each subnetwork is then
/// computed on its own.
struct EnsembleOracle {
  struct Member {
    var probability: Double
    var kept: [Bool]
    var sums: [Double]
    var outputs: [Double]
    var loss: Double
  }

  var members: [Member] = []
  var target: [Double]

  /// Enumerates all subnetworks.
  init(_ network: LawNetwork, state: NetworkState? = nil, example: Int = 0) throws {
    let state = state ?? network.state
    let parameters = state.parameters.layers[state.parameters.layers.count - 1]
    let outputs = parameters.biases.count
    let hasProbabilities =
      (state.configuration.loss
        ?? (network.dataset.isClassification ? .crossEntropy : .meanSquaredError))
      == .crossEntropy
    let number = network.targetClass(example)
    let target =
      network.dataset.isClassification
      ? (0..<outputs).map { $0 == number ? 1.0 : 0 } : network.targets(example)
    self.target = target
    let space = try #require(MaskSpace(state))
    let weights = (0..<outputs).map { parameters.weights.row($0).map { Double($0) } }
    var members: [Member] = []
    members.reserveCapacity(space.count)
    network.measurer.forEachSubnetwork(state, example: example, of: space) { numbers, pass in
      let received = pass.layers[pass.layers.count - 1].received
      for (row, subnetwork) in numbers.enumerated() {
        let values = received.row(row).map { Double($0) }
        let sums = (0..<outputs).map { Double(parameters.biases[$0]) + dot(weights[$0], values) }
        let total = logSumExp(sums)
        let out = hasProbabilities ? sums.map { ElementaryFunctions.exponential($0 - total) } : sums
        members.append(
          Member(
            probability: space.probability(of: subnetwork),
            kept: space.units.indices.map { subnetwork >> $0 & 1 == 1 }, sums: sums, outputs: out,
            loss: hasProbabilities
              ? total - sums[number]
              : 0.5 * zip(out, target).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)))
      }
    }
    self.members = members
  }

  /// The mean of a quantity over the subnetworks.
  func mean(_ quantity: (Member) -> Double) -> Double {
    // Compensated, so that the oracle's own rounding is far below the errors that it judges.
    var sum = 0.0
    var rest = 0.0
    for member in members {
      let term = member.probability * quantity(member) - rest
      let next = sum + term
      rest = (next - sum) - term
      sum = next
    }
    return sum
  }

  /// The mean of the outputs.
  var arithmeticMean: [Double] { target.indices.map { output in mean { $0.outputs[output] } } }

  /// The normalised exponential of the mean logarithms.
  var geometricMean: [Double] {
    let logs = target.indices.map { output in
      mean { member in member.sums[output] - logSumExp(member.sums) }
    }
    let total = logSumExp(logs)
    return logs.map { ElementaryFunctions.exponential($0 - total) }
  }

  /// The variance of an output.
  func variance(_ quantity: (Member) -> Double) -> Double {
    let mean = mean(quantity)
    return self.mean { (quantity($0) - mean) * (quantity($0) - mean) }
  }
}

/// The largest difference between two lists.
func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  // A difference of NaN is larger than any.
  return zip(first, second).map { abs($0 - $1) }.reduce(0) {
    $1 <= $0 ? $0 : $1.isNaN ? .infinity : $1
  }
}
