-- Theorems and their siblings, and proofs.

local common = require("common")
local crossref = require("crossref")

local M = {}

local numbered = { thm = "theorem", lem = "lemma", cor = "corollary", prp = "proposition", cnj = "conjecture",
  def = "definition", exm = "example", exr = "exercise", alg = "algorithm" }
local argued = { rem = "remark", sol = "solution" }
local unnumbered = { proof = true, remark = true, solution = true }

-- In front of the text of the first paragraph, or in one of its own.
local function put_before(blocks, inlines)
  local first = blocks[1]
  if first and (first.t == "Para" or first.t == "Plain") then
    local content = pandoc.List(inlines)
    content:extend(first.content)
    first.content = content
  else
    blocks:insert(1, pandoc.Para(inlines))
  end
end

local function theorem(div, kind, parent, visit)
  local name = common.take_name(div, "name")
  local entry = crossref.register(div.identifier, kind, name)
  local title = pandoc.List({ pandoc.Str(crossref.caption_title(kind) .. "\u{a0}" .. entry.number) })
  if name then
    title:extend({ pandoc.Space(), pandoc.Str("(") })
    title:extend(name)
    title:insert(pandoc.Str(")"))
  end
  div.content = visit(div.content, parent)
  put_before(div.content, {
    pandoc.Span({ pandoc.Strong(title) }, pandoc.Attr("", { "theorem-title" })),
    pandoc.Space(),
  })
  div.classes:insert(1, "theorem")
  if numbered[kind] ~= "theorem" then
    div.classes:insert(2, numbered[kind])
  end
  return div
end

local function proof(div, class, kind, parent, visit)
  local name = common.take_name(div, "name")
  local word = class == "proof" and common.word("environment-proof-title")
    or class == "remark" and common.word("environment-remark-title") or common.word("environment-solution-title")
  if kind then
    local entry = crossref.register(div.identifier, kind, name)
    word = crossref.caption_title(kind) .. "\u{a0}" .. entry.number
  end
  local title = pandoc.List({ pandoc.Emph({ pandoc.Str(word) }) })
  if name then
    title:extend({ pandoc.Space(), pandoc.Str("(") })
    title:extend(name)
    title:insert(pandoc.Str(")"))
  end
  title:insert(pandoc.Str(". "))
  div.content = visit(div.content, parent)
  put_before(div.content, { pandoc.Span(title, pandoc.Attr("", { "proof-title" })) })
  for _, added in ipairs({ class, "proof" }) do
    if not common.has_class(div, added) then
      div.classes:insert(1, added)
    end
  end
  return div
end

function M.is(div)
  local kind = crossref.kind(div.identifier)
  if kind and (numbered[kind] or argued[kind]) then
    return true
  end
  return common.has_class(div, "proof", "remark", "solution")
end

function M.of(div, parent, visit)
  local kind = crossref.kind(div.identifier)
  if kind and numbered[kind] then
    return theorem(div, kind, parent, visit)
  elseif kind and argued[kind] then
    return proof(div, argued[kind], kind, parent, visit)
  end
  local class = div.classes:find_if(function(candidate)
    return unnumbered[candidate]
  end)
  return proof(div, class, nil, parent, visit)
end

return M
