import CKernels

/// Sums up blocks of subnetworks.
final class EnsembleTally {
  private let outputs: Int
  private let bins: Int
  private let precision: EnsembleOptions.Precision
  private var moments = ck_ensemble_moments()
  private let storage: UnsafeMutablePointer<Double>
  private let storageCount: Int

  /// The origin of the outputs: what the weight-scaling network answers, which is near their means.
  private let shift: [Double]
  private let sumShift: [Double]
  private var firstOfSums: [Double]
  private var secondOfSums: [Double]
  private let lossShift: Double
  private var lossSum = 0.0
  private var squaredErrorSum = 0.0
  private var firstOfLosses = 0.0
  private var secondOfLosses = 0.0

  /// Creates an empty tally.
  ///
  /// - Parameters:
  ///   - shift: the origin of the outputs, `[outputs]`.
  ///   - sumShift: the origin of the output layer's sums.
  ///   - lossShift: the origin of the losses.
  ///   - target: the target, `[outputs]`.
  ///   - targetClass: the right class, for a softmax.
  ///   - chosen: the output whose distribution is counted.
  ///   - bins: the number of its bins.
  ///   - range: the range that the bins divide.
  ///   - precision: the width of the numbers computed for each subnetwork.
  init(
    shift: [Double], sumShift: [Double], lossShift: Double, target: [Double], targetClass: Int,
    chosen: Int, bins: Int, range: ClosedRange<Double>, precision: EnsembleOptions.Precision
  ) {
    outputs = shift.count
    self.bins = bins
    self.precision = precision
    self.shift = shift
    self.sumShift = sumShift
    self.lossShift = lossShift
    firstOfSums = [Double](repeating: 0, count: outputs)
    secondOfSums = firstOfSums
    storageCount = 4 * outputs + 4 * bins
    storage = .allocate(capacity: storageCount)
    storage.initialize(repeating: 0, count: storageCount)
    for output in 0..<outputs {
      storage[output] = shift[output]
      storage[outputs + output] = target[output]
    }
    moments.shift = UnsafePointer(storage)
    moments.target = UnsafePointer(storage + outputs)
    moments.first = storage + 2 * outputs
    moments.second = storage + 3 * outputs
    moments.histogram = storage + 4 * outputs
    moments.target_class = targetClass
    moments.chosen = chosen
    moments.bins = bins
    moments.lowest = range.lowerBound
    moments.highest = range.upperBound
    let low = ck_ranked(loss: .infinity, block: 0, row: 0, column: 0)
    let high = ck_ranked(loss: -.infinity, block: 0, row: 0, column: 0)
    moments.best = (low, low, low)
    moments.worst = (high, high, high)
  }

  deinit {
    storage.deallocate()
  }

  /// Adds a block; `number` finds its subnetworks again.
  func add(_ block: OutputBlock, number: UInt64) {
    moments.block = number
    moments.loss = 0
    moments.squared_error = 0
    block.prepare(withFloats: precision == .single)
    block.add(to: &moments, outputs: outputs, precision: precision)
    block.addSums(from: sumShift, first: &firstOfSums, second: &secondOfSums)
    let loss = block.ensemble.softmax ? moments.loss : 0.5 * moments.squared_error
    lossSum += loss
    squaredErrorSum += moments.squared_error
    // Where a block is one subnetwork, this is that subnetwork's loss.
    let distance = loss / block.weight - lossShift
    firstOfLosses += block.weight * distance
    secondOfLosses += block.weight * distance * distance
  }

  /// The mean of the outputs.
  var mean: [Double] { (0..<outputs).map { shift[$0] + moments.first[$0] } }

  /// The variance of each output.
  var variance: [Double] {
    (0..<outputs).map { max(0, moments.second[$0] - moments.first[$0] * moments.first[$0]) }
  }

  /// Mean and variance of the output layer's sums.
  var sums: (mean: [Double], variance: [Double]) {
    (
      zip(sumShift, firstOfSums).map { $0 + $1 },
      zip(firstOfSums, secondOfSums).map { max(0, $1 - $0 * $0) }
    )
  }

  /// The mean loss.
  var meanLoss: Double { lossSum }

  /// The variance of the losses, where each block was one subnetwork.
  var lossVariance: Double { max(0, secondOfLosses - firstOfLosses * firstOfLosses) }

  /// The mean squared error.
  var squaredError: Double { squaredErrorSum }

  /// The probability of each bin.
  var histogram: [Double] {
    (0..<bins).map { bin in (0..<4).reduce(0) { $0 + moments.histogram[$1 * bins + bin] } }
  }

  /// The subnetworks of the lowest and of the highest losses.
  var ranks: (best: [ck_ranked], worst: [ck_ranked]) {
    let (best, worst) = (moments.best, moments.worst)
    return (
      [best.0, best.1, best.2].filter { $0.loss < .infinity },
      [worst.0, worst.1, worst.2].filter { $0.loss > -.infinity }
    )
  }
}
