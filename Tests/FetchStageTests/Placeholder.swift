import FetchStage
