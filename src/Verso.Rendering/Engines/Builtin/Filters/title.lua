-- The title block: authors and their affiliations in one form, and words in the document's language.

local common = require("common")
local dates = require("dates")

local M = {}

local stringify = pandoc.utils.stringify

-- A value of the front matter as a list: alone, or several.
local function list_of(value)
  if value == nil then
    return {}
  elseif pandoc.utils.type(value) == "List" then
    return value
  end
  return { value }
end

local function is_map(value)
  local kind = pandoc.utils.type(value)
  return kind == "table" or kind == "Meta"
end

local function name_of(author)
  local name = is_map(author) and author.name or author
  if not is_map(name) then
    return name
  elseif name.literal then
    return name.literal
  end
  local parts = pandoc.List()
  for _, key in ipairs({ "given", "dropping-particle", "non-dropping-particle", "family" }) do
    if name[key] then
      parts:insert(stringify(name[key]))
    end
  end
  return pandoc.MetaInlines({ pandoc.Str(table.concat(parts, " ")) })
end

-- Affiliations by their id: those of the document, and those that an author names in full.
local function affiliations_of(meta)
  local by_id = {}
  local function add(entry)
    if is_map(entry) and entry.id then
      by_id[stringify(entry.id)] = entry
    end
  end
  for _, entry in ipairs(list_of(meta.affiliations or meta.affiliation)) do
    add(entry)
  end
  for _, author in ipairs(list_of(meta.author or meta.authors)) do
    for _, entry in ipairs(is_map(author) and list_of(author.affiliations or author.affiliation) or {}) do
      add(entry)
    end
  end
  return by_id
end

local function affiliation(entry, by_id)
  local reference = is_map(entry) and entry.ref and stringify(entry.ref)
  if not reference and not is_map(entry) then
    reference = stringify(entry)
  end
  local found = reference and by_id[reference] or entry
  if not is_map(found) then
    return found
  end
  local parts = pandoc.List()
  for _, key in ipairs({ "name", "department" }) do
    if found[key] then
      parts:insert(stringify(found[key]))
    end
  end
  for _, key in ipairs({ "city", "region", "state", "country" }) do
    if found[key] and #parts > 0 then
      parts:insert(stringify(found[key]))
    end
  end
  return pandoc.MetaInlines({ pandoc.Str(table.concat(parts, ", ")) })
end

local function completed_author(author, by_id)
  if not is_map(author) then
    return author
  end
  local full = { name = name_of(author) }
  for _, key in ipairs({ "email", "url", "orcid" }) do
    if author[key] then
      full[key] = author[key]
    end
  end
  if full.orcid then
    full.orcid = pandoc.MetaString(stringify(full.orcid):match("[%dX]+%-[%dX%-]+$") or stringify(full.orcid))
  end
  if author.corresponding then
    full.corresponding = author.corresponding
  end
  local affiliations = pandoc.List()
  for _, entry in ipairs(list_of(author.affiliations or author.affiliation)) do
    affiliations:insert(affiliation(entry, by_id))
  end
  if #affiliations > 0 then
    full.affiliations = pandoc.MetaList(affiliations)
  end
  return full
end

function M.completed(meta)
  local authors = list_of(meta.author or meta.authors)
  if #authors > 0 then
    local by_id, names, full = affiliations_of(meta), pandoc.List(), pandoc.List()
    for _, author in ipairs(authors) do
      names:insert(pandoc.MetaInlines({ pandoc.Str(stringify(name_of(author) or "")) }))
      full:insert(completed_author(author, by_id))
    end
    meta["author-meta"] = pandoc.MetaList(names)
    meta.author = pandoc.MetaList(FORMAT:match("^html") and full or names)
  end
  meta.labels = { modified = common.word("title-block-modified"), published = common.word("title-block-published") }
  if meta.doi then
    meta.doi = pandoc.MetaInlines({ pandoc.Str((stringify(meta.doi):gsub("^https?://doi%.org/", ""))) })
  end
  if not meta["abstract-title"] then
    meta["abstract-title"] = common.word("section-title-abstract")
  end
  if not meta["toc-title"] then
    meta["toc-title"] = common.word("toc-title-document")
  end
  for _, key in ipairs({ "date", "date-modified" }) do
    if meta[key] then
      local shown, exact = dates.shown(meta[key])
      meta[key] = shown
      if key == "date" and exact then
        meta["date-meta"] = exact
      end
    end
  end
  meta["verso-format"] = nil
  meta["verso-modified"] = nil
  return meta
end

return M
