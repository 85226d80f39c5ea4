-- Links between pages lead to what the pages become.

function Link(link)
  if not link.target:match("^%a[%w+.-]*:") then
    link.target = link.target:gsub("%.qmd$", ".html"):gsub("%.qmd([?#])", ".html%1")
  end
  return link
end
