-- Run inside Neovim by neovim.py: opens files, lets the language server work on them, and compares with what is expected.
--
-- PLAN names a JSON file: `diagnostics`, a list of files with what `policycortex validate` found, and `edits`, a list of files with
-- something to be done and the text that must be there afterwards.

local patience = 10000
local passed, failed = 0, 0

local function report(name, problem)
  if problem then
    failed = failed + 1
    io.stdout:write('not ok ' .. name .. ': ' .. problem .. '\n')
  else
    passed = passed + 1
  end
end

local function diagnostics(buffer)
  local found = {}
  for _, item in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, string.format('%s %d:%d-%d:%d severity %d',
      item.code or item.user_data.lsp.code, item.lnum, item.col, item.end_lnum, item.end_col, item.severity))
  end
  table.sort(found)
  return found
end

local function client_of(buffer)
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or vim.lsp.buf_get_clients(buffer)
  local _, client = next(clients)
  return client
end

local function open(path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

local function compare(file)
  local buffer = open(file.path)
  vim.wait(patience, function() return #vim.diagnostic.get(buffer) == #file.expected end, 5)
  local found = diagnostics(buffer)
  table.sort(file.expected)
  if not vim.deep_equal(found, file.expected) then
    return 'got ' .. vim.inspect(found) .. ', not ' .. vim.inspect(file.expected)
  end
end

local function text(buffer)
  local ending = vim.bo[buffer].fileformat == 'dos' and '\r\n' or '\n'
  local last = vim.bo[buffer].endofline and ending or ''
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), ending) .. last
end

-- Puts the cursor on the first place where a text stands.
local function go_to(place)
  vim.fn.cursor(1, 1)
  return vim.fn.search('\\V' .. vim.fn.escape(place, '\\'), 'cW') > 0
end

local actions = {
  fix = function(step)
    local titles = {}
    local select = vim.ui.select
    vim.ui.select = function(items, options, choose)
      for _, item in ipairs(items) do
        local title = options.format_item(item)
        table.insert(titles, title)
        if title == step.title then return choose(item) end
      end
      choose(nil)
    end
    local context = step.only and { only = { step.only }, diagnostics = {} }
    vim.lsp.buf.code_action(context and (vim.fn.has('nvim-0.8') == 1 and { context = context } or context) or nil)
    vim.wait(patience, function() return #titles > 0 end, 5)
    vim.ui.select = select
    if not vim.tbl_contains(titles, step.title) then return 'no `' .. step.title .. '` in ' .. vim.inspect(titles) end
  end,
  rename = function(step) vim.lsp.buf.rename(step.name) end,
  format = function()
    if vim.lsp.buf.format then
      vim.lsp.buf.format({ timeout_ms = patience })
    else
      vim.lsp.buf.formatting_sync(nil, patience)
    end
  end,
  complete = function(step)
    vim.fn.cursor(vim.fn.line('.'), vim.fn.col('.') + #step.at)
    local position = vim.lsp.util.make_position_params(0, client_of(0).offset_encoding)
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', position, patience) or {}
    local labels = {}
    for _, answer in pairs(answers) do
      for _, item in ipairs(answer.result or {}) do table.insert(labels, item.label) end
    end
    if not vim.deep_equal(labels, step.labels) then
      return 'got ' .. vim.inspect(labels) .. ', not ' .. vim.inspect(step.labels)
    end
  end,
}

local function edit(step)
  local buffer = open(step.path)
  -- What the server says of a file tells that it has it.
  vim.wait(patience, function() return #vim.diagnostic.get(buffer) == step.before end, 5)
  if step.at and not go_to(step.at) then return '`' .. step.at .. '` is nowhere' end
  local problem = actions[step.action](step)
  if problem then return problem end
  vim.wait(patience, function() return text(buffer) == step.expected end, 5)
  if text(buffer) ~= step.expected then return 'got\n' .. text(buffer) .. '\nnot\n' .. step.expected end
  if step.after then
    vim.wait(patience, function() return #vim.diagnostic.get(buffer) == step.after end, 5)
    local count = #vim.diagnostic.get(buffer)
    if count ~= step.after then return count .. ' diagnostics afterwards, not ' .. step.after end
  end
end

local function run()
  local plan = vim.fn.json_decode(table.concat(vim.fn.readfile(vim.env.PLAN), '\n'))
  for _, file in ipairs(plan.diagnostics) do report('diagnostics of ' .. file.name, compare(file)) end
  for _, step in ipairs(plan.edits) do report(step.step, edit(step)) end
  local other = open(plan.unmarked)
  vim.wait(300)
  report('no server without a configuration', client_of(other) and 'one was started' or nil)
end

local ok, problem = xpcall(run, debug.traceback)
if not ok then report('the run', problem) end
io.stdout:write(string.format('%d passed, %d failed\n', passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit 1')
