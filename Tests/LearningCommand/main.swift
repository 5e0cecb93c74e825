import BuiltinStages
import PipelineCommand

pipelineMain(builtinStages + [Names.self])
