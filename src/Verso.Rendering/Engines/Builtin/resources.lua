-- Marks what cannot be put into the document, so that pandoc leaves it as it is instead of giving up altogether:
-- files that are missing, and web addresses, since a render has no network.

local told = {}

local function tell(message)
  if not told[message] then
    told[message] = true
    io.stderr:write("[WARNING] ", message, "\n")
  end
end

local function is_file(path)
  local file = io.open(path, "rb")
  if not file then
    return false
  end
  local _, fault = file:read(1) -- a folder opens too
  file:close()
  return fault == nil
end

local function unescaped(source)
  local path = source:gsub("[?#].*$", ""):gsub("&amp;", "&")
  return (path:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))
end

local function is_outside(source)
  if source == "" or source:match("^#") then
    return true
  elseif source:match("^[Dd][Aa][Tt][Aa]:") then
    return false
  elseif source:match("^%a[%w+.-]*:") or source:match("^//") then
    tell(source .. " is not put into the document; it is fetched whenever somebody reads it.")
    return true
  elseif is_file(source) or is_file(unescaped(source)) then
    return false
  end
  tell("The file " .. source .. " does not exist beside the document.")
  return true
end

local function value_of(tag, attribute)
  local start = "[%s\"']" .. attribute .. "%s*=%s*"
  return tag:match(start .. '"([^"]*)"') or tag:match(start .. "'([^']*)'") or tag:match(start .. "([^%s\"'>]+)")
end

local function marked(tag)
  if tag:match("%sdata%-external=") then
    return tag
  end
  local name = tag:match("^<(%a[%w-]*)")
  local attributes = { "src", "data%-src", "poster", "data%-background%-image" }
  if name:lower() == "link" then
    attributes = { "href" }
  end
  for _, attribute in ipairs(attributes) do
    local source = value_of(tag, attribute)
    if source and is_outside(source) then
      return "<" .. name .. ' data-external="1"' .. tag:sub(#name + 2)
    end
  end
  return tag
end

-- What stands between the tags of a script is no HTML.
local function marked_html(html)
  local parts, at = {}, 1
  while at <= #html do
    local script, body = html:find("<[Ss][Cc][Rr][Ii][Pp][Tt][^>]*>", at)
    local ending = script and html:find("</[Ss][Cc][Rr][Ii][Pp][Tt]", body + 1) or #html + 1
    parts[#parts + 1] = html:sub(at, body or #html):gsub("<%a[^>]*>", marked)
    parts[#parts + 1] = html:sub((body or #html) + 1, ending - 1)
    at = ending
  end
  return table.concat(parts)
end

local function raw(element)
  if element.format:match("^html") then
    element.text = marked_html(element.text)
    return element
  end
end

function Image(image)
  if is_outside(image.src) then
    image.attributes["data-external"] = "1"
    return image
  end
end

RawBlock = raw
RawInline = raw
