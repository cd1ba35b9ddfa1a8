import DropoutEngine

/// Weighted sums over gradients of a whole network: for their mean, their spread and their angle.
///
/// A gradient is one block of a ``NetworkLayout``; a layer's weights and biases are one vector. The
/// entry after the last layer stands for the whole network.
struct GradientAverage {
  /// The sums over the added gradients.
  struct Sums {
    /// |G|^2.
    var squares = 0.0
    /// The product of G and R, and its square.
    var products = 0.0
    var squaredProducts = 0.0
    /// The squared cosine of G and R, and its square.
    var squaredCosines = 0.0
    var fourthPowers = 0.0
  }

  /// The ranges of the layers' vectors in a block.
  let ranges: [Range<Int>]
  /// The gradient of the mean network, one block.
  let reference: [Double]
  /// |R|^2 of each layer, then of the whole network.
  let referenceSquares: [Double]
  /// The weighted sum of the gradients, one block.
  private(set) var mean: [Double]
  /// The sums of each layer, then of the whole network.
  private(set) var sums: [Sums]

  init(layout: NetworkLayout, reference: [Double]) {
    ranges = layout.layerRanges
    self.reference = reference
    referenceSquares = GradientAverage.withTotal(ranges.map { Self.square(reference, in: $0) })
    mean = [Double](repeating: 0, count: layout.count)
    sums = [Sums](repeating: Sums(), count: ranges.count + 1)
  }

  /// Adds one gradient with a weight: a probability, or 1 / the number of draws.
  mutating func add(_ gradient: UnsafePointer<Float>, weight: Double) {
    var wholeSquare = 0.0
    var wholeProduct = 0.0
    for (layer, range) in ranges.enumerated() {
      var square = 0.0
      var product = 0.0
      for index in range {
        let value = Double(gradient[index])
        mean[index] += weight * value
        square += value * value
        product += value * reference[index]
      }
      note(layer, square: square, product: product, weight: weight)
      wholeSquare += square
      wholeProduct += product
    }
    note(ranges.count, square: wholeSquare, product: wholeProduct, weight: weight)
  }

  private mutating func note(_ entry: Int, square: Double, product: Double, weight: Double) {
    let reference = referenceSquares[entry]
    // A gradient of 0 has no direction; it counts as one at a right angle.
    let cosine = square > 0 && reference > 0 ? product * product / (square * reference) : 0
    sums[entry].squares += weight * square
    sums[entry].products += weight * product
    sums[entry].squaredProducts += weight * product * product
    sums[entry].squaredCosines += weight * cosine
    sums[entry].fourthPowers += weight * cosine * cosine
  }

  /// |v|^2 of a part of a vector.
  static func square(_ vector: [Double], in range: Range<Int>) -> Double {
    range.reduce(0) { $0 + vector[$1] * vector[$1] }
  }

  /// The scalar product of a part of two vectors.
  static func product(_ first: [Double], _ second: [Double], in range: Range<Int>) -> Double {
    range.reduce(0) { $0 + first[$1] * second[$1] }
  }

  /// |v - w| of a part of two vectors.
  static func distance(_ first: [Double], _ second: [Double], in range: Range<Int>) -> Double {
    range.reduce(0) { $0 + (first[$1] - second[$1]) * (first[$1] - second[$1]) }.squareRoot()
  }

  /// The values of the layers, followed by their sum.
  static func withTotal(_ values: [Double]) -> [Double] { values + [values.reduce(0, +)] }
}

extension NetworkLayout {
  /// The range of each layer's parameters in a block, weights first.
  var layerRanges: [Range<Int>] {
    (0..<shape.layerCount).map {
      weightOffsets[$0]..<biasOffsets[$0] + columns(of: $0)
    }
  }
}
