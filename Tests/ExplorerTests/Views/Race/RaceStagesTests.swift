import Explorer
import Testing

@Suite("The stages of a race") struct RaceStagesTests {
  @Test(
    "Every runner takes all steps, in order, whatever their numbers", arguments: [1, 2, 3, 8],
    [1, 5, 8, 1000, 1003])
  func complete(lanes: Int, steps: Int) {
    let stages = RaceStages(lanes: lanes, steps: steps)
    var taken = [Int](repeating: 0, count: lanes)
    while let stage = stages.begin() {
      taken[stage.lane] += stage.steps
      #expect(taken[stage.lane] == stage.goal && stage.steps > 0)
      stages.end(stage)
    }
    #expect(taken == [Int](repeating: steps, count: lanes))
  }

  @Test("No step is no stage") func none() {
    #expect(RaceStages(lanes: 3, steps: 0).begin() == nil)
  }

  @Test("A runner that is worked on is given to nobody else") func exclusive() throws {
    let stages = RaceStages(lanes: 2, steps: 80)
    let first = try #require(stages.begin())
    let second = try #require(stages.begin())
    #expect(first.lane != second.lane)
    #expect(stages.begin() == nil)
    stages.end(second)
    #expect(stages.begin()?.lane == second.lane)
  }

  @Test("Three runners on two cores are done in half the time of three on one, but for a stage")
  func balance() {
    let stages = RaceStages(lanes: 3, steps: 80)
    var rounds = 0
    while let one = stages.begin() {
      let other = stages.begin()
      rounds += 1
      stages.end(one)
      if let other { stages.end(other) }
    }
    #expect(rounds <= 3 * RaceStages.most / 2 + 1)
  }
}
