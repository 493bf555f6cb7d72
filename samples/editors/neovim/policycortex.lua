-- PolicyCortex in Neovim, 0.7 and newer: copy this file to ~/.config/nvim/plugin/.
--
-- The server is started for JSON and YAML files at or below a directory that has a .policycortex.yaml; an empty one will do.
-- In your init.lua, before plugins are loaded, you may say otherwise:
--   vim.g.policycortex = { command = { '/opt/policycortex', 'lsp' }, resource_types = 'schemas' }

local choice = vim.g.policycortex or {}
local uv = vim.uv or vim.loop

local configuration = {
  name = 'policycortex',
  cmd = choice.command or { 'policycortex', 'lsp' },
  filetypes = { 'json', 'yaml' },
  init_options = { resourceTypes = choice.resource_types },
}

-- The outermost directory with a configuration, so that one server has all policies of a repository.
local function root_of(file)
  local root
  local directory = vim.fn.fnamemodify(file, ':p:h')
  while true do
    if uv.fs_stat(directory .. '/.policycortex.yaml') then root = directory end
    local parent = vim.fn.fnamemodify(directory, ':h')
    if parent == directory then return root end
    directory = parent
  end
end

-- The keys that Neovim 0.11 has of its own.
local function set_keys(buffer)
  vim.api.nvim_buf_set_option(buffer, 'omnifunc', 'v:lua.vim.lsp.omnifunc')
  local keys = {
    K = 'hover', ['<C-]>'] = 'definition', grn = 'rename', gra = 'code_action', grr = 'references', gO = 'document_symbol',
  }
  for key, name in pairs(keys) do
    vim.keymap.set('n', key, function() vim.lsp.buf[name]() end, { buffer = buffer })
  end
end

if vim.lsp.config then
  configuration.root_dir = function(buffer, start)
    local root = root_of(vim.api.nvim_buf_get_name(buffer))
    if root then start(root) end
  end
  vim.lsp.config('policycortex', configuration)
  vim.lsp.enable('policycortex')
  return
end

local clients = {}

vim.api.nvim_create_autocmd('FileType', {
  pattern = configuration.filetypes,
  callback = function(event)
    local root = root_of(vim.api.nvim_buf_get_name(event.buf))
    if not root then return end
    if not clients[root] then
      clients[root] = vim.lsp.start_client(vim.tbl_extend('force', configuration, {
        root_dir = root,
        workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
        on_attach = function(_, buffer) set_keys(buffer) end,
        on_exit = function() clients[root] = nil end,
      }))
    end
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end,
})
