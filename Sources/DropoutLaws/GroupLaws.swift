import DropoutEngine
import DropoutMeasure

/// Laws of masks that groups of units share.
enum GroupLaws {
  static let all = [masks, sums]

  private static func network(
    _ setting: inout Law.Setting, _ keep: Double, _ size: Int, _ scaling: Scaling
  ) -> LawExperiment {
    LawExperiment([6, 3, 2], in: &setting) {
      $0.keepInput = keep
      $0.keep = PerLayer(0.6)
      $0.dropout = DropoutSettings(scaling: scaling, noise: .groups)
      $0.maskGroupSize = size
    }
  }

  static let masks = Law(
    "groups-masks", .masks,
    "The units of a group are kept or masked together, with probability p; groups are independent.",
    source: "Tompson et al. 2015, for channels"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (keep, size) in zip(Law.Setting.keepProbabilities, [2, 3, 4]) {
      let trainer = try network(&setting, keep, size, .off).trainer(setting, copies: 16_384)
      let mask = try trainer.evidence().inputDropout.forwardMask
      let rows = (0..<mask.rows).map { row in mask.row(row).map { Double($0) } }
      let draws = Double(rows.count)
      let name = "keep \(keep), groups of \(size)"
      let apart = rows.reduce(0) { count, row in
        count + row.indices.count { row[$0] != row[$0 / size * size] }
      }
      measurements.append(
        .identical("\(name): units that part from their group", Double(apart), 0))
      let firsts = Array(stride(from: 0, to: 6, by: size))
      for first in firsts {
        measurements.append(
          .sampled(
            "\(name), unit \(first): share kept", rows.reduce(0) { $0 + $1[first] } / draws, keep,
            sigma: (keep * (1 - keep) / draws).squareRoot(), samples: rows.count))
      }
      for (one, other) in zip(firsts, firsts.dropFirst()) {
        let covariance = rows.reduce(0) { $0 + ($1[one] - keep) * ($1[other] - keep) } / draws
        measurements.append(
          .sampled(
            "\(name), units \(one) and \(other): covariance", covariance, 0,
            sigma: keep * (1 - keep) / draws.squareRoot(), samples: rows.count))
      }
    }
    return measurements
  }

  static let sums = Law(
    "sums-groups", .sums,
    """
    Masks of groups: means as with masks of units, the variance with the square of each group's \
    sum in the place of the squares of its terms.
    """,
    source: "Srivastava et al. 2014, section 4, with a group in the place of a unit"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for (keep, size) in zip(Law.Setting.keepProbabilities, [2, 3, 4]) {
      for scaling in [Scaling.off, .classic, .inverted] {
        let network = network(&setting, keep, size, scaling)
        let law = ScalingLaw.of(scaling)
        let evidence = try network.trainer(setting, copies: 4096).evidence()
        // Each mask of the groups once, in the order of their first draw.
        var seen: Set<[Double]> = []
        let passes = (0..<4096).map { MaskedPass(evidence, row: $0) }.filter {
          seen.insert($0.masks[0]).inserted
        }
        let groups = Array(stride(from: 0, to: 6, by: size)).map { $0..<min($0 + size, 6) }
        let weighted = passes.map { pass in
          (
            pass,
            groups.reduce(1) { $0 * (pass.masks[0][$1.lowerBound] == 1 ? keep : 1 - keep) }
          )
        }
        let name = "keep \(keep), \(scaling.rawValue), groups of \(size)"
        measurements.append(
          .equal("\(name): probability of all masks", weighted.reduce(0) { $0 + $1.1 }, 1))
        for unit in 0..<3 {
          let terms = network.terms(unit: unit)
          let factor = law.training(keep)
          let mean = weighted.reduce(0) { $0 + $1.1 * $1.0.sums[0][unit] }
          let variance = weighted.reduce(0) {
            $0 + $1.1 * ($1.0.sums[0][unit] - mean) * ($1.0.sums[0][unit] - mean)
          }
          let whole = terms.reduce(0, +)
          let squares = groups.reduce(0.0) { total, group in
            let sum = terms[group].reduce(0, +)
            return total + sum * sum
          }
          let scale = innerProduct(terms, terms).squareRoot() * max(1, factor)
          measurements += [
            .equal("\(name), unit \(unit): mean", mean, law.mean(keep) * whole, scale: scale),
            .equal(
              "\(name), unit \(unit): variance", variance, law.variance(keep) * squares,
              scale: scale * scale),
            .equal(
              "\(name), unit \(unit): test sum", Double(evidence.layers[0].testSum[0, unit]),
              law.test(keep) * whole, scale: scale),
          ]
        }
        measurements.append(
          .equal(
            "\(name): ratio shown", network.measurer(setting).divergence(network.state)[0].ratio,
            law.ratio(keep)))
      }
    }
    return measurements
  }
}
