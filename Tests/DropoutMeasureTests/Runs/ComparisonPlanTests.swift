import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

@Suite("The plan of a comparison") struct ComparisonPlanTests {
  private func plan(
    _ variants: String = "classic,inverted", seeds: Int = 3, sweeps: [String] = [],
    given: [(String, String)] = []
  ) throws(ComparisonError) -> ComparisonPlan {
    try ComparisonPlan(
      variants: variants, seedCount: seeds, sweeps: sweeps,
      assignments: given.map { ParameterAssignment(name: $0.0, value: $0.1) })
  }

  private func error(
    _ variants: String = "classic", seeds: Int = 3, sweeps: [String] = [],
    given: [(String, String)] = []
  ) -> ComparisonError? {
    #expect(throws: ComparisonError.self) {
      try plan(variants, seeds: seeds, sweeps: sweeps, given: given)
    }
  }

  @Test("Each combination of point, variant and seed is one run") func grid() throws {
    let plan = try plan(sweeps: ["keep=0.3,0.5,0.8", "l2=0,0.01"], given: [("seed", "20")])
    #expect(plan.runCount == 36 && plan.pointCount == 6 && plan.seeds == [20, 21, 22])
    var seen: Set<String> = []
    for number in 0..<plan.runCount {
      let run = plan.run(number)
      #expect(
        number
          == plan.runNumber(
            point: run.point, variantIndex: run.variantIndex, seedIndex: run.seedIndex))
      let settings = try plan.settings(of: run)
      #expect(settings.experiment.variant == run.variant)
      #expect(settings.experiment.dataSeed == run.seed)
      #expect(settings.experiment.initSeed == run.seed && settings.experiment.maskSeed == run.seed)
      for value in plan.pointValues(run.point) {
        #expect(ParameterTable.definition(named: value.name)?.get(settings) == value.value)
      }
      seen.insert(settings.identityText)
    }
    #expect(seen.count == 36)
  }

  @Test("An explicit parameter wins over what a variant or a seed sets") func explicit() throws {
    let plan = try plan("unscaled-l2,classic", given: [("l2", "0.5"), ("data-seed", "3")])
    for number in 0..<plan.runCount {
      let settings = try plan.settings(of: plan.run(number))
      #expect(settings.experiment.l2 == PerLayer(0.5) && settings.experiment.dataSeed == 3)
      #expect(settings.experiment.maskSeed == plan.run(number).seed)
    }
  }

  @Test("Values that are lists have colons, and come back from their text") func lists() throws {
    let sweep = try ParameterSweep("hidden=12:12,24")
    #expect(sweep.values == ["12,12", "24"] && sweep.text == "hidden=12:12,24")
    #expect(try ParameterSweep(sweep.text) == sweep)
  }

  @Test("Parts deal out all runs once, and are alike to one run", arguments: [1, 2, 3, 7, 40])
  func shards(count: Int) throws {
    let plan = try plan(seeds: 5, sweeps: ["keep=0.3,0.5,0.8"])
    var all: [Int] = []
    var sizes: Set<Int> = []
    for index in 1...count {
      let order = plan.order(of: try ComparisonShard("\(index)/\(count)"))
      all += order
      sizes.insert(order.count)
    }
    #expect(all.sorted() == Array(0..<plan.runCount))
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    // All variants of a seed come before the next seed, so that an interrupted comparison has
    // pairs.
    let seeds = plan.order(of: .whole).map { plan.run($0).seedIndex }
    #expect(seeds == seeds.sorted())
  }

  @Test(
    "A shard is I/N with I from 1 to N",
    arguments: ["17/16", "0/16", "a/b", "3", "1/2/3", "+1/2", "/", "1/0"])
  func wrongShard(text: String) {
    #expect(throws: ComparisonError.shard(text)) { try ComparisonShard(text) }
  }

  @Test("What makes no sense is refused, with the evidence") func errors() throws {
    #expect(error("clasic")?.description.contains("did you mean 'classic'?") == true)
    #expect(error("classic,classic") == .duplicate(value: "classic", list: "--variants"))
    #expect(error("classic,") == .emptyVariants && error("") == .emptyVariants)
    #expect(error(sweeps: ["keep="]) == .emptySweep(parameter: "keep"))
    #expect(error(sweeps: ["keep=0.5,"]) == .emptySweep(parameter: "keep"))
    #expect(error(sweeps: ["keep"]) == .malformedSweep("keep"))
    #expect(error(sweeps: ["=1"]) == .malformedSweep("=1"))
    #expect(error(sweeps: ["keep=0.5,.50"]) == .duplicate(value: ".50", list: "sweep keep"))
    #expect(error(sweeps: ["keep=0.5", "keep=0.8"]) == .sweptTwice(parameter: "keep"))
    #expect(error(sweeps: ["keep=0.5"], given: [("keep", "0.8")]) == .sweptTwice(parameter: "keep"))
    #expect(error(sweeps: ["keep=0.5,1.5"])?.description.contains("above 0") == true)
    #expect(error(sweeps: ["kep=0.5"])?.description.contains("'keep'") == true)
    for name in ["theme", "every", "until-loss", "seed", "variant", "plain"] {
      guard case .cannotBeSwept = error(sweeps: ["\(name)=1,2"]) else {
        Issue.record("\(name) was swept")
        continue
      }
    }
    #expect(error(seeds: 0) == .seeds(count: 0, first: 7))
    #expect(
      error(seeds: 2, given: [("seed", "9007199254740991")])
        == .seeds(count: 2, first: 9_007_199_254_740_991)
    )
    #expect(
      error("classic,gaussian", given: [("scaling", "off")])?.description.contains("gaussian")
        == true)
  }

  @Test("Too many runs are refused with their count, also beyond 64 bits") func limit() throws {
    #expect(
      error(seeds: 1_000_000_000)
        == .tooManyRuns(count: "1000000000", limit: ComparisonPlan.runLimit))
    #expect(try plan("classic", seeds: ComparisonPlan.runLimit).runCount == 100_000)
    let values = (1...100).map(String.init).joined(separator: ",")
    let sweeps = ["batch", "examples", "limit", "steps", "epochs"].map {
      "\($0)=\(($0 == "examples") ? "2,\(values.dropFirst(4))" : values)"
    }
    let huge = error(seeds: 1 << 50, sweeps: sweeps)
    #expect(huge?.description.contains("more than 9223372036854775807 runs") == true)
  }

  @Test("Plans differ by what they compute, not by how it was said") func difference() throws {
    let one = try plan(given: [("keep", "0.5")])
    #expect(one.difference(from: try plan()) == nil)
    #expect(one.difference(from: try plan(given: [("keep", "0.8")])) == "keep is 0.8, not 0.5")
    #expect(one.difference(from: try plan(seeds: 4)) == "seeds are 7 to 10, not 7 to 9")
    #expect(one.difference(from: try plan("classic"))?.contains("variants") == true)
    #expect(one.difference(from: try plan(sweeps: ["l2=0,1"])) == "sweeps are l2=0,1, not none")
    #expect(one.difference(from: try plan(given: [("steps", "5")])) == "steps is 5, not auto")
    #expect(one.difference(from: try plan(given: [("init-seed", "5")])) == "init-seed is 5, not 7")
    // An explicit l2 holds even for a variant with an l2 of its own.
    let brought = try plan("classic,unscaled-l2")
    #expect(
      brought.difference(from: try plan("classic,unscaled-l2", given: [("l2", "0")]))
        == "l2 is 0, not 0.01")
  }

  @Test("No error that quotes a value lets it through") func hostile() {
    let errors: [ComparisonError] = [
      .malformedSweep(hostileText), .shard(hostileText),
      .duplicate(value: hostileText, list: hostileText),
    ]
    for error in errors {
      #expect(error.description.unicodeScalars.allSatisfy(ForeignText.isPlain), "\(error)")
    }
  }
}
