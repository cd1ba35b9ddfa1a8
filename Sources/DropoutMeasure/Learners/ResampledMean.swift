import DropoutEngine

/// A mean, and its values over resamples.
struct ResampledMean {
  var mean: Double
  var resampled: [Double] = []

  /// The means of several series over the same resamples of their examples, drawn with repetition.
  static func means(of series: [[Double]], seed: UInt64) -> [ResampledMean] {
    let count = series.first?.count ?? 0
    var means = series.map { ResampledMean(mean: $0.reduce(0, +) / Double(count)) }
    var random = RandomStream(seed: seed, purpose: .resample)
    var sums = [Double](repeating: 0, count: series.count)
    for _ in 0..<ConventionTest.resamples {
      for index in sums.indices { sums[index] = 0 }
      for _ in 0..<count {
        let example = random.nextIndex(below: count)
        for index in series.indices { sums[index] += series[index][example] }
      }
      for index in means.indices { means[index].resampled.append(sums[index] / Double(count)) }
    }
    return means
  }

  static func - (first: ResampledMean, second: ResampledMean) -> ResampledMean {
    ResampledMean(
      mean: first.mean - second.mean,
      resampled: zip(first.resampled, second.resampled).map { $0 - $1 })
  }

  func times(_ factor: Double) -> ResampledMean {
    ResampledMean(mean: factor * mean, resampled: resampled.map { factor * $0 })
  }

  /// The mean with its 95 % interval.
  var estimate: ConventionTest.Estimate {
    let sorted = resampled.sorted()
    let last = sorted.count - 1
    let low = sorted[last * 25 / 1000]
    return ConventionTest.Estimate(
      mean: mean, interval: low...max(low, sorted[last - last * 25 / 1000]))
  }
}
