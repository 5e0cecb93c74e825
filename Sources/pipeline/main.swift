import BuiltinStages
import PipelineCommand

pipelineMain(builtinStages)
