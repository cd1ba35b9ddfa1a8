public import DropoutEngine

extension Settings {
  /// Every parameter that decides the result of a run, as `--name value`, in the order of the
  /// table.
  public var identityText: String {
    identity.map { "--\($0.name) \($0.value)" }.joined(separator: " ")
  }

  /// Every parameter that decides the result of a run, in the order of the table.
  package var identity: [ParameterAssignment] {
    ParameterTable.all.filter(\.decidesRun).map {
      ParameterAssignment(name: $0.name, value: $0.get(self))
    }
  }
}

extension ParameterDefinition {
  /// Whether another value of the parameter changes the result of a run.
  ///
  /// Several names of the same setting count once.
  fileprivate var decidesRun: Bool {
    switch (group, name) {
    case (_, "drop"), (_, "drop-input"), (.seeds, "seed"): false
    case (.run, _): name == "steps" || name == "epochs"
    case (.display, _): false
    default: true
    }
  }
}

extension ComparisonPlan {
  /// A setting of another plan that differs from this one, in words; nil where both plan the same
  /// runs.
  public func difference(from other: ComparisonPlan) -> String? {
    func names(_ variants: [Variant]) -> String {
      variants.map(\.rawValue).joined(separator: ",")
    }
    if variants != other.variants {
      return "variants are \(names(other.variants)), not \(names(variants))"
    }
    if seeds != other.seeds {
      return "seeds are \(Self.range(other.seeds)), not \(Self.range(seeds))"
    }
    if sweeps != other.sweeps {
      return "sweeps are \(Self.text(other.sweeps)), not \(Self.text(sweeps))"
    }
    for variant in variants.indices {
      let number = runNumber(point: 0, variantIndex: variant, seedIndex: 0)
      guard let mine = try? settings(of: run(number)),
        let others = try? other.settings(of: other.run(number))
      else { return "the parameters make no sense" }
      for (one, another) in zip(mine.identity, others.identity) where one != another {
        return "\(one.name) is \(another.value), not \(one.value)"
      }
    }
    return nil
  }

  /// Every parameter that all runs share, given or default, except those that variants, seeds and
  /// sweeps decide.
  public var sharedParameters: [ParameterAssignment] {
    guard let settings = try? settings(of: run(0)) else { return [] }
    let others: Set<String> = ["variant", "data-seed", "init-seed", "mask-seed"]
    let byVariant: Set<String> = [
      "scaling", "mask-pass", "mask-sharing", "update-scale", "dropout-noise", "test-pass", "l2",
      "keep-schedule",
    ]
    let names = Set(given.map(\.name))
    return settings.identity.filter { parameter in
      if sweeps.contains(where: { $0.name == parameter.name }) { return false }
      return names.contains(parameter.name)
        || (!others.contains(parameter.name) && !byVariant.contains(parameter.name))
    }
  }

  private static func range(_ seeds: [UInt64]) -> String {
    "\(seeds[0]) to \(seeds[seeds.count - 1])"
  }

  private static func text(_ sweeps: [ParameterSweep]) -> String {
    sweeps.isEmpty
      ? "none"
      : sweeps.map { "\($0.name)=\($0.values.joined(separator: ","))" }.joined(separator: " ")
  }
}
