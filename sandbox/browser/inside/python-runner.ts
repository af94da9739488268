/** Runs one file among others in `/project` and says how it went, as the worker's answer. Python, shipped as text. */
export const pythonRunner = `
async def run(entry):
    import ast, inspect, json, linecache, sys, traceback
    folder = "/project/"
    path = folder + entry
    def place(file, line, column):
        return {"file": file.removeprefix(folder), "line": line or 1, "column": column or 1}
    def failed(phase, error, stack, at):
        message = getattr(error, "msg", None) if phase == "compile" else str(error)
        shown = {"name": type(error).__name__, "message": message or "", "stack": stack, "at": at}
        return json.dumps({"type": "python-failed", "phase": phase, "error": shown})
    with open(path, encoding="utf-8") as file:
        source = file.read()
    try:
        program = compile(source, path, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        return failed("compile", error, "", place(error.filename or path, error.lineno, error.offset))
    if folder not in sys.path:
        sys.path.insert(0, folder)
    sys.argv = [entry]
    names = {"__name__": "__main__", "__file__": path}
    try:
        result = eval(program, names)
        if inspect.iscoroutine(result):
            await result
    except SystemExit as error:
        if error.code not in (None, 0):
            if isinstance(error.code, int):
                return json.dumps({"type": "exited", "exitCode": error.code})
            print(error.code, file=sys.stderr)
            return json.dumps({"type": "exited", "exitCode": 1})
    except BaseException as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder)]
        lines = [f"    at {frame.name} ({frame.filename.removeprefix(folder)}:{frame.lineno})" for frame in reversed(frames)]
        at = place(frames[-1].filename, frames[-1].lineno, (frames[-1].colno or 0) + 1) if frames else None
        return failed("run", error, "\\n".join([f"{type(error).__name__}: {error}", *lines]), at)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return json.dumps({"type": "completed", "value": None})
`
