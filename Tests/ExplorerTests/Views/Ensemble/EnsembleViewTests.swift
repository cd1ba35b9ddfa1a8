import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import TerminalCells
import Testing

@Suite("The ensemble view") struct EnsembleViewTests {
  private func screen(_ state: ExplorerState) -> [String] { Screen.draw(state).plainRows }

  private func ensemble(_ state: ExplorerState) throws -> WatchedEnsemble {
    guard let ensemble = state.snapshot.close.subject?.value as? WatchedEnsemble else {
      throw Missing()
    }
    return ensemble
  }

  private struct Missing: Error {}

  @Test("The whole screen, at three sizes", arguments: [(80, 24), (120, 40), (200, 60)])
  func screens(columns: Int, rows: Int) throws {
    var state = try ViewStates.pressed("4", steps: 600, columns: columns, rows: rows)
    state.glyphs = .ascii
    try ExpectedText.check(screen(state), named: "ensemble-\(columns)x\(rows)")
  }

  @Test("One masked layer, drawn masks, numbers, an image, and nothing masked") func others() throws
  {
    let cases: [(String, String, [(name: String, value: String)])] = [
      ("one-layer", "4", [("hidden", "12"), ("scaling", "inverted"), ("keep", "0.8")]),
      ("drawn", "4", [("hidden", "40"), ("keep", "0.3")]),
      ("regression", "4", [("data", "plane"), ("learning-rate", "0.01")]),
      ("glyphs", "4l", [("data", "glyphs"), ("hidden", "16"), ("keep", "0.8")]),
      ("noise", "4", [("variant", "gaussian")]), ("none", "4", [("variant", "none")]),
    ]
    for (name, keys, assignments) in cases {
      let state = try ViewStates.pressed(keys, assignments, steps: 100)
      try ExpectedText.check(screen(state), named: "ensemble-\(name)")
    }
  }

  @Test("The numbers on the screen are those of plain enumeration of the network on the screen")
  func numbers() throws {
    let state = try ViewStates.pressed(
      "4e", [("hidden", "5,4"), ("keep", "0.8"), ("activation", "tanh")], steps: 200, columns: 120,
      rows: 40)
    let watched = state.snapshot.watched.value
    let example = watched.evidence.examples[watched.row]
    let parameters = NetworkParameters(
      layers: watched.evidence.layers.map {
        LayerParameters(weights: $0.weights, biases: $0.biases)
      })
    let network = NetworkState(
      configuration: state.snapshot.configuration, parameters: parameters, step: 200)
    let space = try #require(MaskSpace(network))
    var mean = [0.0, 0.0]
    var loss = 0.0
    guard case .classes(let classes) = watched.evidence.targets else { throw Missing() }
    let target = classes[watched.row]
    Measurer(dataset: state.snapshot.dataset).forEachSubnetwork(
      network, example: example, of: space
    ) { numbers, pass in
      for (row, number) in numbers.enumerated() {
        let probability = space.probability(of: number)
        for output in 0..<2 { mean[output] += probability * Double(pass.outputs[row, output]) }
        loss -= probability * ElementaryFunctions.logarithm(Double(pass.outputs[row, target]))
      }
    }
    let text = screen(state).joined(separator: "\n")
    #expect(text.contains("512 SUBNETWORKS  all counted"))
    #expect(text.contains(NumberText.fixed(mean[target], decimals: 4)))
    #expect(text.contains(NumberText.fixed(loss, decimals: 4)))
  }

  @Test("The arrows choose the output, e the example, m how many units are enumerated") func keys()
    throws
  {
    var person = try Person(
      [("data", "glyphs"), ("hidden", "26"), ("activation", "sigmoid")], steps: 30)
    func measure() {
      // The view watches the example that was measured, and that is measured again.
      for _ in 0..<2 {
        person.training.measureSubject()
        person.perform([])
      }
    }
    person.press("4")
    measure()
    guard case .classes(let classes) = person.state.snapshot.watched.value.evidence.targets else {
      throw Missing()
    }
    let row = try ensemble(person.state).row
    #expect(try ensemble(person.state).ensemble.histogram.output == classes[row])
    #expect(try ensemble(person.state).ensemble.method == .monteCarlo(samples: 10_000))
    person.press(.right)
    measure()
    #expect(try ensemble(person.state).ensemble.histogram.output == (classes[row] + 1) % 10)
    person.press(.left, .left)
    measure()
    #expect(try ensemble(person.state).ensemble.histogram.output == (classes[row] + 9) % 10)
    person.press("m", "j", "j", "j", .enter)
    #expect(person.state.enumeratedUnits == 26)
    measure()
    #expect(try ensemble(person.state).ensemble.method == .exact)
    person.press("m")
    #expect(person.state.overlay == .menu(line: 3))
    person.press(.escape, "e")
    measure()
    let watched = person.state.snapshot.watched.value
    #expect(watched.row != row && person.state.hasChosenExample)
    #expect(try ensemble(person.state).ensemble.example == watched.evidence.examples[watched.row])
  }

  @Test(
    "The view opens on an example of the minibatch on which both networks are far apart",
    arguments: [5, 20, 60, 100, 300, 600])
  func opensOnGap(steps: Int) throws {
    for isRunning in [false, true] {
      var person = try Person(steps: steps)
      person.state.isRunning = isRunning
      person.press("4")
      person.training.measureSubject()
      _ = person.state.update(.snapshotArrived(person.training.snapshot))
      let measured = try ensemble(person.state)
      let output = measured.ensemble.histogram.output
      let gap = measured.ensemble.arithmeticMean[output] - measured.ensemble.weightScaling[output]
      // The gaps of the minibatch are drawn from fewer masks, so they choose, and prove nothing.
      #expect(abs(gap) >= (measured.gaps.max() ?? .nan) / 4)
      #expect(measured.gaps[measured.row] >= (measured.gaps.max() ?? .nan) / 2)
    }
  }

  @Test("A step has one measured example, whichever one was watched") func oneExample() throws {
    for steps in [20, 100, 300] {
      var examples: Set<Int> = []
      for row in 0..<10 {
        var person = try Person(steps: steps)
        person.press("4")
        let watched = person.state.snapshot.watched.value.row
        person.training.perform(.watch(offset: row - watched, isChoice: false, of: 0))
        person.perform([])
        for _ in 0..<2 {
          person.training.measureSubject()
          person.perform([])
        }
        examples.insert(try ensemble(person.state).ensemble.example)
      }
      #expect(examples.count == 1, "\(examples) at step \(steps)")
    }
  }

  @Test("Average and averaged network have their words and values; no line lacks its word")
  func words() throws {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      for seed in 1...4 {
        let state = try ViewStates.pressed(
          "4", [("seed", "\(seed)")], steps: 300, columns: columns, rows: rows)
        let map = Screen.hitMap(state)
        func areas(_ name: String) -> [Rect] {
          map.places.filter { "\($0.place)" == "subnetworks/\(name)" }.map(\.area)
        }
        let measured = try ensemble(state).ensemble
        let text = screen(state).joined(separator: "\n")
        for (name, value) in [
          ("average", measured.arithmeticMean[measured.histogram.output]),
          ("averaged", measured.weightScaling[measured.histogram.output]),
        ] {
          #expect(areas(name).contains { $0.height == 1 && $0.width >= name.count })
          let number = NumberText.fixed(value, decimals: 2)
          #expect(
            text.contains("\(name) \(number)") || text.contains("\(name) network \(number)"),
            "\(name) at \(columns)x\(rows), seed \(seed)")
        }
        for name in ["test", "target", "geometric"] where !areas(name).isEmpty {
          #expect(areas(name).contains { $0.width >= 4 }, "\(name) at \(columns)x\(rows)")
        }
      }
    }
  }

  @Test("Where every mask gives the same answer, the screen says so and calls it no luck")
  func unanimous() throws {
    var found = 0
    for seed in 1...4 {
      // Few units are soon silent together.
      var person = try Person(
        [("hidden", "2,2"), ("seed", "\(seed)")], steps: 60, columns: 120, rows: 40)
      person.press("4")
      for _ in 0..<10 {
        person.press("e")
        person.training.measureSubject()
        _ = person.state.update(.snapshotArrived(person.training.snapshot))
        let measured = try ensemble(person.state).ensemble
        let isSame = measured.best.first?.loss == measured.worst.first?.loss
        let text = screen(person.state).joined(separator: " ")
        #expect(!isSame || text.contains("every mask gives the same answer"))
        #expect(!isSame || !text.contains("luck"))
        #expect(!isSame || !text.contains("worst"))
        found += isSame ? 1 : 0
      }
    }
    #expect(found > 0)
  }

  @Test("The sum of the squared errors is written whole, with its numbers") func wholeSum() throws {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      let state = try ViewStates.pressed("4", steps: 600, columns: columns, rows: rows)
      let parts = try ensemble(state).ensemble.ambiguity
      let text = screen(state).joined(separator: "\n")
      #expect(text.contains("variety " + NumberText.fixed(parts.meanSquaredDistance, decimals: 3)))
    }
  }

  @Test("A measurement that takes long shows how far it is, and makes way for the next one")
  func progress() throws {
    var state = try ViewStates.pressed("4", steps: 10)
    state.snapshot.close.progress = 0.42
    #expect(screen(state).joined().contains("42 % enumerated"))
    state.snapshot.close.subject = nil
    #expect(screen(state).joined().contains("42 % enumerated"))
  }

  @Test(
    "Every panel of the view stays inside, whatever the experiment",
    arguments: PanelSweepTests.experiments.indices)
  func sweep(experiment: Int) throws {
    let assignments = PanelSweepTests.experiments[experiment].assignments
    PanelSweepTests.sweep(try ViewStates.pressed("4", assignments, steps: 5))
  }

  @Test("The inequality that must hold is named, and that of weight scaling only where it must")
  func inequality() throws {
    let exact = screen(
      try ViewStates.pressed("4", [("hidden", "12")], steps: 100, columns: 120, rows: 40)
    ).joined()
    #expect(!exact.contains("may be below 0") && exact.contains("mean, exactly"))
    let bent = screen(try ViewStates.pressed("4", steps: 100, columns: 120, rows: 40)).joined()
    #expect(exact.components(separatedBy: "never below 0").count == 3)
    #expect(bent.components(separatedBy: "never below 0").count == 2)
    #expect(bent.contains("may be below 0") && bent.contains("relu bends"))
  }
}
