import Explorer
import ExplorerPlay
import RepeatableRandom
import TerminalCells
import Testing

@Suite("What arrives late, or never") struct LateArrivalTests {
  private static let experiments: [[(name: String, value: String)]] = [
    [("examples", "120"), ("hidden", "5,4")],
    [("data", "glyphs"), ("examples", "80"), ("hidden", "6")],
    [("data", "plane"), ("examples", "60"), ("hidden", "4,3"), ("batch", "7")],
    [("variant", "bagging"), ("learners", "3"), ("examples", "60"), ("hidden", "4")],
    [("data", "moons"), ("examples", "90"), ("hidden", "7"), ("keep-input", "0.8")],
    [
      ("data", "glyphs"), ("examples", "60"), ("hidden", "4"), ("variant", "random-subspace"),
      ("learners", "2"),
    ],
  ]

  /// The lines of the palette that ask for other data.
  private static let data = [
    "data moons", "data glyphs", "data circle", "data plane", "examples 20", "examples 90",
    "seed 5",
  ]

  /// The lines that are typed into the palette.
  private static let entries = [
    "data moons", "data glyphs", "data circle", "data plane", "data nowhere", "examples 20",
    "examples 90", "examples 130", "hidden 3", "hidden 5,4", "hidden 6,2,3", "seed 3", "seed 9",
    "variant bagging", "variant random-subspace", "variant inverted", "variant classic",
    "learners 2", "learners 3", "batch 1", "batch 7", "batch 64", "keep 0.3", "keep 0.9",
    "keep-input 0.5", "scaling off", "optimizer adam", "optimizer sgd", "learning-rate 0.1",
    "learning-rate 1e30", "dropout-noise dropconnect", "dropout-noise bernoulli",
    "mask-sharing batch",
    "epochs 2", "steps 40", "until-loss 0.3", "test-fraction 0.1", "test-fraction 0.5", "speed 10",
    "loss mean-squared-error", "task regress",
  ]

  private static let keys: [Key] = [
    "3", "3", "3", "3", .enter, .enter, .enter, "1", "1", "2", "4", "4", "5", "6", "R", "r", " ",
    ".", "s", "[", "]", "{", "}", "(", ")", "v", "m", "2", "j", "k", .left, .right, .up, .down,
    .end, .home, ",", "u", "U", "b", .pageDown, "e", "E", "H", "L", "<", ">", .tab, "z", "i", "o",
    "n", "N", "a", "t", "y", .escape,
    .escape,
  ]

  @Test(
    """
    Whatever is pressed and however late it is answered: what is drawn and what is taken is of one \
    experiment
    """,
    arguments: 0..<48)
  func holdsBack(seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    let size = random.element([
      ScreenSize(columns: 80, rows: 24), ScreenSize(columns: 120, rows: 40),
      ScreenSize(columns: 50, rows: 16),
    ])
    var explorer = try SlowExplorer(random.element(LateArrivalTests.experiments), size: size)
    for input in 0..<120 {
      // The threads are asleep for most of the keys: what was asked for piles up.
      switch random.int(below: 24) {
      case 0...7: explorer.press(random.element(LateArrivalTests.keys))
      case 8...10: explorer.type(random.element(LateArrivalTests.entries))
      case 11, 12:
        try explorer.train(commands: random.int(below: 5), steps: random.int(below: 12))
      case 13: explorer.race(commands: random.int(below: 4), steps: random.int(below: 6))
      case 14, 15: explorer.deliver(&random)
      case 16, 17: explorer.deliverRace(&random)
      case 18: explorer.ask()
      case 19, 20:
        // Other data, and a race before they are there.
        if random.int(below: 3) == 0 {
          explorer.press("R")
        } else {
          explorer.type(random.element(LateArrivalTests.data))
        }
        explorer.press("3")
        explorer.race(commands: 3, steps: random.int(below: 9))
        explorer.deliverRace(&random)
      case 21, 22: explorer.press(.enter)
      default: explorer.measure(&random)
      }
      try ExplorerInvariants.check(explorer, "seed \(seed), input \(input)")
    }
    try explorer.settle()
    try ExplorerInvariants.check(explorer, "seed \(seed), settled")
    let state = explorer.state
    #expect(explorer.isSettled, "seed \(seed)")
    #expect(state.configuration == state.snapshot.configuration, "seed \(seed)")
  }
}
