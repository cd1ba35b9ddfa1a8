import DropoutMeasure

extension EnsembleLines {
  /// The columns of a csv line, in the order of the JSON form.
  ///
  /// Their names count outputs from 1.
  static func fields(of ensemble: SubnetworkEnsemble) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    func add(_ name: String, _ value: Double?) {
      fields.append((name, value.map { MetricsFormat.exact($0) } ?? ""))
    }
    func add(_ name: String, _ values: [Double]?) {
      for output in 0..<ensemble.outputs { add("\(name)\(output + 1)", values?[output]) }
    }
    fields.append(("example", "\(ensemble.example)"))
    if ensemble.isClassification {
      fields.append(("target", "\(targetClass(of: ensemble))"))
    } else {
      add("target", ensemble.target)
    }
    fields.append(("method", ensemble.method.name))
    add("subnetworks", ensemble.subnetworks)
    add("weightScaling", ensemble.weightScaling)
    add("arithmeticMean", ensemble.arithmeticMean)
    add("geometricMean", ensemble.geometricMean)
    add("testNetwork", ensemble.testNetwork)
    add("outputSumMean", ensemble.outputSum.mean)
    add("outputSumVariance", ensemble.outputSum.variance)
    add("outputSumWeightScaling", ensemble.outputSum.weightScaling)
    add("lossMeanOfSubnetworks", ensemble.loss.meanOfSubnetworks)
    add("lossArithmeticMean", ensemble.loss.arithmeticMean)
    add("lossGeometricMean", ensemble.loss.geometricMean)
    add("lossWeightScaling", ensemble.loss.weightScaling)
    add("lossGap", ensemble.loss.gap)
    add("lossTestNetwork", ensemble.loss.testNetwork)
    add("lossMeanStandardError", ensemble.loss.meanStandardError)
    add("standardError", ensemble.standardError)
    add("outputVariance", ensemble.outputVariance)
    add("squaredErrorOfMean", ensemble.ambiguity.squaredErrorOfMean)
    add("meanSquaredError", ensemble.ambiguity.meanSquaredError)
    add("meanSquaredDistance", ensemble.ambiguity.meanSquaredDistance)
    fields.append(("maskedUnits", "\(ensemble.maskedUnits)"))
    fields.append(("relevantUnits", "\(ensemble.relevantUnits)"))
    fields.append(("weightScalingIsExact", "\(ensemble.weightScalingIsExact.isExact)"))
    return fields
  }

  /// The JSON form.
  static func json(_ ensemble: SubnetworkEnsemble) -> String {
    var line = JSONLine()
    line.object { line in
      line.member("example", ensemble.example)
      if ensemble.isClassification {
        line.member("target", targetClass(of: ensemble))
      } else {
        line.member("target", ensemble.target)
      }
      line.member("method", ensemble.method.name)
      line.member("subnetworks", ensemble.subnetworks)
      line.member("weightScaling", ensemble.weightScaling)
      line.member("arithmeticMean", ensemble.arithmeticMean)
      line.optional("geometricMean", ensemble.geometricMean)
      line.member("testNetwork", ensemble.testNetwork)
      line.key("outputSum")
      line.object { line in
        line.member("mean", ensemble.outputSum.mean)
        line.member("variance", ensemble.outputSum.variance)
        line.member("weightScaling", ensemble.outputSum.weightScaling)
      }
      line.key("loss")
      line.object { line in
        line.member("meanOfSubnetworks", ensemble.loss.meanOfSubnetworks)
        line.member("arithmeticMean", ensemble.loss.arithmeticMean)
        line.optional("geometricMean", ensemble.loss.geometricMean)
        line.member("weightScaling", ensemble.loss.weightScaling)
        line.member("gap", ensemble.loss.gap)
        line.member("testNetwork", ensemble.loss.testNetwork)
        line.optional("meanStandardError", ensemble.loss.meanStandardError)
      }
      more(of: ensemble, to: &line)
    }
    return line.text
  }

  private static func more(of ensemble: SubnetworkEnsemble, to line: inout JSONLine) {
    if case .monteCarlo(let samples) = ensemble.method { line.member("samples", samples) }
    line.optional("standardError", ensemble.standardError)
    line.member("outputVariance", ensemble.outputVariance)
    line.key("ambiguity")
    line.object { line in
      line.member("squaredErrorOfMean", ensemble.ambiguity.squaredErrorOfMean)
      line.member("meanSquaredError", ensemble.ambiguity.meanSquaredError)
      line.member("meanSquaredDistance", ensemble.ambiguity.meanSquaredDistance)
    }
    line.member("maskedUnits", ensemble.maskedUnits)
    line.member("relevantUnits", ensemble.relevantUnits)
    for (name, ranks) in [("best", ensemble.best), ("worst", ensemble.worst)] {
      line.key(name)
      line.array { line in
        for ranked in ranks { write(ranked, to: &line) }
      }
    }
    line.key("weightScalingIsExact")
    line.value(ensemble.weightScalingIsExact.isExact)
    line.member(
      "weightScalingReason",
      ensemble.weightScalingIsExact.sentence(hasProbabilities: ensemble.hasProbabilities))
  }

  private static func write(_ ranked: RankedSubnetwork, to line: inout JSONLine) {
    line.object { line in
      line.key("kept")
      line.array { line in
        for isKept in ranked.kept { line.value(isKept ? 1 : 0) }
      }
      line.member("probability", ranked.probability)
      line.member("loss", ranked.loss)
      line.member("output", ranked.output)
    }
  }
}

extension JSONLine {
  /// Writes a member, as null where it is missing.
  fileprivate mutating func optional(_ name: String, _ numbers: [Double]?) {
    guard let numbers else {
      key(name)
      return null()
    }
    member(name, numbers)
  }

  /// Writes a member, as null where it is missing.
  fileprivate mutating func optional(_ name: String, _ number: Double?) {
    guard let number else {
      key(name)
      return null()
    }
    member(name, number)
  }
}
