import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The picture of lines through points") struct LinePlotTests {
  private func picture(_ points: [(x: Double, y: Double)]) -> String {
    LinePlot.svg(
      [LinePlot.Line(name: "a <b>", points: points)], title: "c & \"d\"", xTitle: "x", yTitle: "y")
  }

  @Test("Whatever the numbers are, it is XML without a number that is none")
  func numbers() {
    let hard: [[(x: Double, y: Double)]] = [
      [], [(1, .nan)], [(0, 0)], [(1, 2), (.infinity, 3)], [(1, 1), (1e300, 1e-300)],
      [(-1, 1), (0, -1)], [(1, 1), (2, .greatestFiniteMagnitude)],
      [(.leastNonzeroMagnitude, .leastNonzeroMagnitude), (.greatestFiniteMagnitude, 1)],
      [(-.greatestFiniteMagnitude, -.greatestFiniteMagnitude), (.greatestFiniteMagnitude, 1e308)],
    ]
    for points in hard {
      let document = picture(points)
      #expect(XMLParser(data: Data(document.utf8)).parse(), "\(points)")
      #expect(!document.contains("nan") && !document.contains("inf"), "\(points)")
    }
  }

  @Test("An axis that reaches far is logarithmic, and says so")
  func axes() {
    let far = picture([(1, 1), (1000, 2)])
    #expect(far.contains(">x (logarithmic)<"))
    #expect(far.contains(">y<"))
  }

  @Test("A straight line in logarithms is drawn straight")
  func straight() throws {
    // Powers of ten that grow together make equal steps to the right and upwards.
    let document = picture([(1, 1), (10, 10), (100, 100)])
    let line = try #require(
      document.split(separator: "\n").first { $0.contains("stroke-width=\"1.6\"") })
    let path = try #require(line.split(separator: "\"").dropFirst().first)
    let numbers = path.split { "ML ".contains($0) }.compactMap { Double($0) }
    try #require(numbers.count == 6)
    #expect(abs((numbers[2] - numbers[0]) - (numbers[4] - numbers[2])) < 0.02)
    #expect(abs((numbers[3] - numbers[1]) - (numbers[5] - numbers[3])) < 0.02)
    #expect(numbers[2] > numbers[0] && numbers[3] < numbers[1])
  }

  @Test("Every line has its name beside it")
  func names() {
    #expect(picture([(1, 1)]).contains(">a &lt;b&gt;</text>"))
  }
}
