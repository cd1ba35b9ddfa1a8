import DropoutEngine
import ParameterExtremes
import RepeatableRandom
import Sessions
import Testing

@Suite("Sessions as documents") struct SessionDocumentTests {
  @Test("A document reads back as the same session")
  func roundTrip() throws {
    let session = try SessionSamples.session()
    #expect(try Session(document: session.document, name: "a") == session)
  }
}
