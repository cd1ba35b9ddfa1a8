import CKernels

/// The memory of a `ck_ensemble`: the contributions of the units that feed the output layer, and
/// the tables that the kernels make of them.
final class OutputBlock {
  /// The block, for the kernels.
  var ensemble: ck_ensemble
  let outputs: Int
  /// The sums with none of the units kept, `[outputs]`.
  let base: UnsafeMutablePointer<Double>
  /// The contribution of each unit to the sums, `[units][outputs]`.
  let contributions: UnsafeMutablePointer<Double>
  /// The units' keep probabilities, `[units]`.
  let keep: UnsafeMutablePointer<Double>
  /// The largest number of units that the kernels take at once.
  let unitsAtOnce: Int
  private let memory: UnsafeMutableRawPointer
  private let kernels: ck_ensemble_kernels

  /// The largest number of bytes of all tables together.
  static let largestMemory = 64 << 20

  /// Creates room for up to `units` units.
  init(outputs: Int, units: Int, hasProbabilities: Bool, kernels: ck_ensemble_kernels) {
    self.outputs = outputs
    self.kernels = kernels
    var atOnce = min(units, Int(CK_ENSEMBLE_UNITS))
    while atOnce > 0, ck_ensemble_memory(outputs, atOnce) > OutputBlock.largestMemory {
      atOnce -= 1
    }
    unitsAtOnce = atOnce
    base = .allocate(capacity: outputs)
    contributions = .allocate(capacity: max(1, units * outputs))
    keep = .allocate(capacity: max(1, units))
    memory = .allocate(byteCount: ck_ensemble_memory(outputs, atOnce), alignment: 64)
    base.initialize(repeating: 0, count: outputs)
    contributions.initialize(repeating: 0, count: max(1, units * outputs))
    keep.initialize(repeating: 0, count: max(1, units))
    ensemble = ck_ensemble()
    ensemble.outputs = outputs
    ensemble.softmax = hasProbabilities
    ensemble.base = UnsafePointer(base)
    ensemble.contributions = UnsafePointer(contributions)
    ensemble.keep = UnsafePointer(keep)
    ensemble.weight = 1
    ensemble.memory = memory
  }

  deinit {
    base.deallocate()
    contributions.deallocate()
    keep.deallocate()
    memory.deallocate()
  }

  /// The number of units that are set, at most ``unitsAtOnce``.
  var units: Int {
    get { ensemble.units }
    set { ensemble.units = newValue }
  }

  /// The probability of the block.
  var weight: Double {
    get { ensemble.weight }
    set { ensemble.weight = newValue }
  }

  /// Makes the kernels' tables.
  func prepare(withFloats: Bool) {
    assert(
      (0...unitsAtOnce).contains(units) && ensemble.outputs == outputs,
      "\(units) units of \(ensemble.outputs) outputs in room for \(unitsAtOnce) of \(outputs)")
    kernels.prepare(&ensemble, withFloats)
  }

  /// Adds the mean probabilities of the block to `mean`, `[outputs]`.
  func addMean(to mean: UnsafeMutableBufferPointer<Double>, precision: EnsembleOptions.Precision) {
    assert(
      mean.count == outputs && ensemble.softmax,
      "a mean of \(mean.count) outputs for \(outputs), which must be probabilities")
    switch precision {
    case .single: kernels.mean_single(&ensemble, mean.baseAddress)
    case .double: kernels.mean_double(&ensemble, mean.baseAddress)
    }
  }

  /// Adds the block to moments with the same number of outputs.
  func add(
    to moments: inout ck_ensemble_moments, outputs: Int, precision: EnsembleOptions.Precision
  ) {
    assert(
      outputs == self.outputs && moments.target_class < outputs && moments.chosen < outputs,
      "moments of \(outputs) outputs for \(self.outputs)")
    if precision == .single, ensemble.softmax {
      kernels.moments_single(&ensemble, &moments)
    } else {
      kernels.moments_double(&ensemble, &moments)
    }
  }

  /// The lowest and the highest sum of an output over the subnetworks of the block.
  func range(of output: Int) -> (lowest: Double, highest: Double) {
    var lowest = base[output]
    var highest = lowest
    for unit in 0..<units {
      let added = contributions[unit * outputs + output]
      if added < 0 { lowest += added } else { highest += added }
    }
    return (lowest, highest)
  }

  /// The mean sum of an output over the subnetworks of the block.
  func meanSum(of output: Int) -> Double {
    (0..<units).reduce(base[output]) { $0 + keep[$1] * contributions[$1 * outputs + output] }
  }

  /// Adds the mean and the square of the sums' distances from `shift`, weighted by the block's
  /// probability.
  func addSums(
    from shift: [Double], first: inout [Double], second: inout [Double]
  ) {
    for output in 0..<outputs {
      var mean = base[output] - shift[output]
      var variance = 0.0
      for unit in 0..<units {
        let added = contributions[unit * outputs + output]
        let keep = keep[unit]
        mean += keep * added
        variance += keep * (1 - keep) * added * added
      }
      first[output] += weight * mean
      second[output] += weight * (variance + mean * mean)
    }
  }
}
