import DropoutEngine
import Testing

@Suite("Whole numbers of any value") struct IntNearestTests {
  @Test("Every value has a place in every range")
  func everyValue() {
    for range in [0...0, 0...9, -3...3, 0...Int.max, Int.min...Int.max] {
      for value in [
        .nan, .infinity, -.infinity, 1e300, -1e300, 0x1p63, 2.5, -0.0, Double.leastNonzeroMagnitude,
      ] {
        let place = Int(nearest: value, in: range)
        #expect(range.contains(place), "\(value) in \(range)")
        if let nearest = Int(exactly: value.rounded()), range.contains(nearest) {
          #expect(place == nearest)
        }
      }
    }
  }

  @Test("Functions of this library's own take every value")
  func functions() {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(ElementaryFunctions.sine(value).isNaN && ElementaryFunctions.cosine(value).isNaN)
    }
    for value in [1e300, -1e300, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
      _ = (ElementaryFunctions.sine(value), ElementaryFunctions.cosine(value))
    }
    #expect(ElementaryFunctions.exponential(.infinity) == .infinity)
    #expect(ElementaryFunctions.exponential(-1e300) == 0)
  }

  @Test(
    "A share of examples that is none is refused", arguments: [Double.nan, .infinity, -1, 1e300])
  func split(share: Double) {
    #expect(throws: DatasetError.self) {
      try DatasetSplit(of: .classes([0, 1, 0, 1]), testFraction: share, seed: 1)
    }
  }
}
