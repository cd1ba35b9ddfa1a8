import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The picture of a comparison") struct ComparisonPictureTests {
  private func series(_ name: String, _ mean: [Double], finals: [Double]? = nil) -> ComparisonSeries
  {
    ComparisonSeries(
      name: name, steps: mean.indices.map { Double($0) * 10 }, mean: mean,
      deviation: mean.map { $0 / 10 }, finals: finals ?? [mean.last ?? .nan])
  }

  private func picture(_ series: [ComparisonSeries]) -> String {
    ComparisonPicture.svg(
      [ComparisonPanel(title: "keep 0.5 & l2 <1>", series: series)], title: "a <b> & \"c\"",
      value: "test loss")
  }

  private func isXML(_ document: String) -> Bool { XMLParser(data: Data(document.utf8)).parse() }

  @Test("Whatever the numbers are, it is XML without a number that is none")
  func numbers() {
    let hard: [[Double]] = [
      [], [.nan], [1], [1, .nan, 2, 3], [.infinity, 1, -.infinity], [0, 0, 0], [-1, 2, -3],
      [1e300, 1e-300, 1], [.leastNonzeroMagnitude, .leastNonzeroMagnitude], [1e308, -1e308, 1e308],
      [1, 1 + 1e-15],
    ]
    for mean in hard {
      let document = picture([series("one", mean, finals: mean), series("two", [0.5, 0.25])])
      #expect(isXML(document), "\(mean)")
      let attributes = document.split(separator: "\n").filter { !$0.contains("not finite") }
      for line in attributes {
        #expect(
          !line.contains("nan") && !line.contains("inf\"") && !line.contains("inf "), "\(line)")
      }
    }
    #expect(isXML(picture([])) && isXML(ComparisonPicture.svg([], title: "", value: "")))
  }

  @Test("Lines differ without colour: each of eight has its own dashes and its own marker")
  func marks() throws {
    let document = picture(
      (0..<8).map { series("line \($0)", (0..<51).map { 1 / Double($0 + 1) }) })
    // The widest lines are the means; all have different dashes.
    let means = document.split(separator: "\n").filter { $0.contains("stroke-width=\"1.6\"") }
    #expect(means.count == 8)
    let dashes = means.map { line in
      line.range(of: "stroke-dasharray=\"[^\"]*\"", options: .regularExpression).map {
        String(line[$0])
      } ?? "solid"
    }
    #expect(Set(dashes).count == 8, "\(dashes)")
    for index in 0..<8 {
      // Beside the line, and beside the dots.
      #expect(document.components(separatedBy: ">line \(index)</text>").count == 3)
    }
  }

  @Test("Names beside lines that end at the same place stand apart, inside the picture")
  func names() throws {
    let document = picture((0..<10).map { series("v\($0)", [1, 0.5]) })
    let heights = try (0..<10).map { index in
      let line = try #require(
        document.split(separator: "\n").first {
          $0.contains(">v\(index)</text>") && !$0.contains("text-anchor")
        })
      let place = try #require(line.range(of: " y=\"[0-9.]+", options: .regularExpression))
      return try #require(Double(line[place].dropFirst(4)))
    }.sorted()
    for (one, next) in zip(heights, heights.dropFirst()) { #expect(next - one >= 14.9) }
    #expect(heights[0] > 44)
  }

  @Test("Axes have their names, and seeds without a finite value are said") func said() {
    let document = picture([series("a", [1, 2], finals: [2, .nan, .infinity])])
    for text in [">step<", ">test loss", ">final test loss", ">a<", ">2 not finite<"] {
      #expect(document.contains(text), "\(text)")
    }
  }
}
